namespace Podium.Connectors.Lists;

/// <summary>Which connectors are wanted. Nothing set: all that are there.</summary>
internal sealed record ConnectorFilter
{
    /// <summary>A part of the name of the connector or its app.</summary>
    public string? Text { get; init; }

    public long? AppId { get; init; }

    /// <summary>Only those that this person owns.</summary>
    public long? OwnerId { get; init; }
}
