namespace Baton.Testing.Grafana;

/// <summary>A member's role in an organization, in ascending order of what it includes.</summary>
public enum GrafanaRole
{
    /// <summary>A member without basic permissions; exists from 10.2 on.</summary>
    None,
    Viewer,
    Editor,
    Admin,
}
