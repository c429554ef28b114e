using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>
/// The fields that every connector has. Their names, defaults and order are upstream's, because manifests, scripts and the
/// platform's forms know them; a field that means something only to Windows or AWS Lambda is left out.
/// </summary>
internal static class StandardConfiguration
{
    public const string AuthMethod = "auth-method";

    public static ConfigurationNames Names { get; } = new() { EnvironmentPrefix = "BATON_", FileNames = [".baton.yaml", ".baton.yml", ".baton"] };

    /// <summary>
    /// Dependencies among these fields are not checked: <c>health-check-port</c>, say, also serves the <c>health-check</c> command on
    /// its own.
    /// </summary>
    public static IReadOnlyList<FieldRelationship> Relationships { get; } =
    [
        ServiceFields.Credentials,
        GrantFields.Target,
        .. TicketFields.Relationships,
        .. ComparisonFields.Relationships,
        .. ExclusiveOperations.Relationships,
    ];

    /// <summary>Everything that can be configured in one connector.</summary>
    /// <exception cref="ArgumentException">The connector's schema contradicts itself or these fields.</exception>
    public static ConfigurationSchema SchemaOf(ConnectorSchema connector, StartupFacts facts) => new(new()
    {
        Names = Names,
        StandardFields = Fields(facts),
        StandardRelationships = Relationships,
        Fields = connector.Fields,
        Relationships = connector.Relationships,
        Groups = connector.Groups,
        GroupField = AuthMethod,
    });

    private static IReadOnlyList<ConfigurationField> Fields(StartupFacts facts) =>
    [
        .. ServiceFields.All,
        .. LogFields.All(facts.OutputIsTerminal),
        .. FileFields.All,
        .. SyncFields.All,
        .. GrantFields.All,
        .. AccountFields.All,
        .. EventFields.All(facts.Now),
        .. ActionFields.All,
        .. ChangeFields.All,
        .. TicketFields.All,
        .. ComparisonFields.All,
        .. TelemetryFields.All,
        .. HealthFields.All,
        .. HttpFields.All,
    ];
}
