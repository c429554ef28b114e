namespace Baton.Testing.Grafana;

/// <summary>The quota section of the instance's configuration; a limit of −1 is none.</summary>
public sealed record GrafanaQuotas
{
    /// <summary>Members of one organization.</summary>
    public long OrgUser { get; init; } = 10;

    public long OrgDashboard { get; init; } = 100;

    public long OrgDataSource { get; init; } = 10;

    public long OrgApiKey { get; init; } = 10;

    /// <summary>Organizations of one account.</summary>
    public long UserOrg { get; init; } = 10;

    /// <summary>Accounts of the instance.</summary>
    public long GlobalUser { get; init; } = -1;
}
