namespace Podium.Connectors.Catalog;

/// <summary>A setting of a connector, as its own schema describes it.</summary>
internal sealed record CatalogField
{
    private static readonly string[] AddressWords = ["host", "url", "address", "proxy", "endpoint", "domain", "server", "subdomain", "tenant"];

    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = "";

    public string Placeholder { get; init; } = "";

    public required CatalogFieldKind Kind { get; init; }

    public bool IsRequired { get; init; }

    public string Default { get; init; } = "";

    /// <summary>What a choice may be.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public bool IsSecret => Kind == CatalogFieldKind.Secret;

    /// <summary>Where the connector sends its secrets to.</summary>
    public bool IsAddress => Kind == CatalogFieldKind.Text
        && AddressWords.Any(word => Name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
