namespace Baton.Grafana.Api;

/// <summary><c>/api/health</c>.</summary>
internal sealed record GrafanaHealth
{
    public string? Version { get; init; }

    /// <summary><c>ok</c>, or what is wrong with it.</summary>
    public string? Database { get; init; }
}
