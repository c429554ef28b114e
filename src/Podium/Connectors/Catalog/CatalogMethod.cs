namespace Podium.Connectors.Catalog;

/// <summary>One of several ways to sign in to the app; each has its fields, and they exclude each other.</summary>
internal sealed record CatalogMethod(string Name, string DisplayName, string Help, IReadOnlyList<string> Fields, bool IsDefault)
{
    public bool Has(string field) => Fields.Contains(field, StringComparer.Ordinal);
}
