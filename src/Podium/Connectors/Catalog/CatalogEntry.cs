namespace Podium.Connectors.Catalog;

/// <summary>A kind of connector that can be added. Its id is the one that clients of this API family know, where there is one.</summary>
internal sealed record CatalogEntry
{
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public required ConnectorHosting Hosting { get; init; }

    /// <summary>What runs a hosted one; null for one that runs elsewhere, or that was not found on this machine.</summary>
    public string? Executable { get; init; }

    /// <summary>An image of it as SVG; null for none.</summary>
    public string? IconFile { get; init; }

    /// <summary>Other names of fields that clients use, to the connector's own.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
