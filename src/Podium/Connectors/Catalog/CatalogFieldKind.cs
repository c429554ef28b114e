namespace Podium.Connectors.Catalog;

/// <summary>How a field is asked for.</summary>
internal enum CatalogFieldKind
{
    Text,

    /// <summary>Never shown again.</summary>
    Secret,
    Switch,
    Number,

    /// <summary>Several texts, separated by commas.</summary>
    List,

    /// <summary>One of <see cref="CatalogField.Options"/>.</summary>
    Choice,
}
