using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>What a connector adds to the SDK's configuration. Written down once, by the connector's author.</summary>
public sealed record ConnectorSchema
{
    public required string DisplayName { get; init; }

    public string HelpUrl { get; init; } = "";

    public string IconUrl { get; init; } = "";

    /// <summary>In the order in which forms and error lists show them.</summary>
    public required IReadOnlyList<ConfigurationField> Fields { get; init; }

    /// <summary>Without groups, every field is always in use.</summary>
    public IReadOnlyList<FieldGroup> Groups { get; init; } = [];

    public IReadOnlyList<FieldRelationship> Relationships { get; init; } = [];
}
