namespace Baton.Grafana.Api;

/// <summary>A token of a service account, without its key: Grafana shows that once, when it makes it.</summary>
internal sealed record GrafanaToken : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public string? Name { get; init; }

    public string? Created { get; init; }

    public string? LastUsedAt { get; init; }

    /// <summary>Null for a token that never ends.</summary>
    public string? Expiration { get; init; }

    public bool? IsRevoked { get; init; }
}
