namespace Baton.Testing.Grafana.State;

/// <summary>One account in one organization, with its one role.</summary>
internal sealed class Membership(OrgRow org, UserRow user, GrafanaRole role)
{
    public OrgRow Org { get; } = org;

    public UserRow User { get; } = user;

    public RenderedRow Row { get; } = new();

    public GrafanaRole Role { get; set { field = value; Row.Drop(); } } = role;
}
