namespace Podium.Connectors.UseCases;

/// <summary>What somebody who adds a connector chose.</summary>
internal sealed record NewConnector
{
    public required string CatalogId { get; init; }

    /// <summary>Null for the catalogue's name.</summary>
    public string? DisplayName { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Of one that runs here, by the name of the field; null to give them later.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>The app that it feeds; null for a new one.</summary>
    public long? AppId { get; init; }

    /// <summary>The name of a new app; null for the connector's.</summary>
    public string? NewAppName { get; init; }

    /// <summary>People who may finish and edit it.</summary>
    public IReadOnlyCollection<long> OwnerIds { get; init; } = [];
}
