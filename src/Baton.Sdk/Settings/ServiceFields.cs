using Baton.Configuration;
using Baton.Configuration.Validation;

namespace Baton.Sdk.Settings;

/// <summary>How the process serves the platform. A client id is what makes it a service.</summary>
internal static class ServiceFields
{
    public static FieldRelationship Credentials { get; } = FieldRelationship.Together("client-id", "client-secret");

    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new StringField("client-id")
        {
            Description = "The client id of the connector at ConductorOne; with it the process runs as a service",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("client-secret")
        {
            Description = "The client secret that belongs to the client id",
            Secret = true,
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("provisioning")
        {
            Description = "Allow changes: grants, revocations, accounts and credentials",
            Short = 'p',
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("ticketing")
        {
            Description = "Allow tickets to be read and created",
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("skip-full-sync")
        {
            Description = "As a service, do not perform full syncs",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField(StandardConfiguration.AuthMethod)
        {
            Export = FieldExport.None,
            Persistent = true,
        },
        new IntegerField("task-concurrency")
        {
            Description = "As a service, how many tasks to work on at once (1 to 100)",
            Default = 3,
            // Without a single slot the service would wait for ever.
            Rules = new IntegerRules { AtLeast = 1, AtMost = 100, CheckZero = true },
            Export = FieldExport.None,
            Persistent = true,
        },
        new IntegerField("shutdown-timeout")
        {
            Description = "As a service, how many seconds running tasks get to finish when the process is asked to stop",
            Default = 25,
            Rules = new IntegerRules { AtLeast = 1, AtMost = 3600, CheckZero = true },
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("platform-ca-cert")
        {
            Description = "A PEM file with certificate authorities to trust, beside the system's, for the connection to the platform",
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("keep-previous-sync-c1z")
        {
            Description = "As a service, keep the file of the previous sync for connectors that can continue from it",
            Export = FieldExport.None,
            Persistent = true,
        },
    ];
}
