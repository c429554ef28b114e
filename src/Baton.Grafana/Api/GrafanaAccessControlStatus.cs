namespace Baton.Grafana.Api;

/// <summary>Whether access control is on, from <c>/api/access-control/status</c>.</summary>
internal sealed record GrafanaAccessControlStatus
{
    public bool? Enabled { get; init; }
}
