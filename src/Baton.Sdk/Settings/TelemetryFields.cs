using Baton.Configuration;

namespace Baton.Sdk.Settings;

internal static class TelemetryFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new StringField("otel-collector-endpoint")
        {
            Description = "The endpoint of the OpenTelemetry collector to send observability data to"
                + " (used for both tracing and logging if specific endpoints are not provided)",
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new StringField("otel-collector-endpoint-tls-cert-path")
        {
            Description = "Path to a file containing a PEM-encoded certificate to use as a CA for TLS connections"
                + " to the OpenTelemetry collector",
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new StringField("otel-collector-endpoint-tls-cert")
        {
            Description = "A PEM-encoded certificate to use as a CA for TLS connections to the OpenTelemetry collector",
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new BooleanField("otel-collector-endpoint-tls-insecure")
        {
            Description = "Allow insecure connections to the OpenTelemetry collector",
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new BooleanField("otel-tracing-disabled")
        {
            Description = "Disable OpenTelemetry tracing",
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
        new BooleanField("otel-logging-disabled")
        {
            Description = "Disable OpenTelemetry logging",
            Hidden = true,
            Export = FieldExport.Ops,
            Persistent = true,
        },
    ];
}
