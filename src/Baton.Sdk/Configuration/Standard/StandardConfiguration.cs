namespace Baton.Sdk.Configuration.Standard;

/// <summary>
/// The fields that every connector has. Their names, defaults and order are upstream's, because manifests, scripts and the
/// platform's forms know them; a field that means something only to Windows or AWS Lambda is left out.
/// </summary>
internal static class StandardConfiguration
{
    public const string AuthMethod = "auth-method";

    /// <summary>
    /// Checked by what is set, be it by flag, environment or file, even to its default. Dependencies among these fields are not
    /// checked: <c>health-check-port</c>, say, also serves the <c>health-check</c> command on its own.
    /// </summary>
    public static IReadOnlyList<FieldRelationship> Relationships { get; } =
    [
        ServiceFields.Credentials,
        GrantFields.Target,
        .. TicketFields.Relationships,
        .. ComparisonFields.Relationships,
        .. ExclusiveOperations.Relationships,
    ];

    public static IReadOnlyList<ConfigurationField> Fields(StartupFacts facts) =>
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
