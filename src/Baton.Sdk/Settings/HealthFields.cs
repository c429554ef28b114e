using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>The health server of the service; port and address also tell the <c>health-check</c> command where to ask.</summary>
internal static class HealthFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new BooleanField("health-check")
        {
            Description = "Enable the HTTP health check endpoint",
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new IntegerField("health-check-port")
        {
            Description = "Port for the HTTP health check endpoint",
            Default = 8081,
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new StringField("health-check-bind-address")
        {
            Description = "Bind address for health check server (127.0.0.1 for localhost-only)",
            Default = "127.0.0.1",
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
    ];
}
