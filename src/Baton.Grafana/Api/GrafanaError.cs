namespace Baton.Grafana.Api;

/// <summary>The body of a failed request, in any of the shapes that are objects.</summary>
internal sealed record GrafanaError
{
    public string? Message { get; init; }

    public string? MessageId { get; init; }
}
