namespace Baton.Grafana.Api;

/// <summary><c>/api/health</c>.</summary>
internal sealed record GrafanaHealth
{
    public string? Version { get; init; }
}
