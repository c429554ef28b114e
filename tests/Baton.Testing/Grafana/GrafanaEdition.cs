namespace Baton.Testing.Grafana;

/// <summary>Which edition the instance says it is. The role API of access control exists in <see cref="Enterprise"/> only.</summary>
public enum GrafanaEdition
{
    OpenSource,
    Enterprise,
}
