namespace Baton.Grafana.Api;

/// <summary>What Grafana says about a request that failed, or that changed something, in any of the shapes that are objects.</summary>
internal sealed record GrafanaMessage
{
    public string? Message { get; init; }

    public string? MessageId { get; init; }

    public long? UserId { get; init; }

    public long? Id { get; init; }
}
