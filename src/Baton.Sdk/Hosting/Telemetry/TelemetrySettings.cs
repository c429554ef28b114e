using System.Text;
using Baton.Configuration;
using Baton.Credentials.Jose;
using Baton.Sdk.Http;

namespace Baton.Sdk.Hosting.Telemetry;

/// <summary>Where telemetry goes, and which of it.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Null leaves it to the standard variables, which have an endpoint.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>To trust beside the system's.</summary>
    public TrustedAuthorities? Authorities { get; init; }

    public bool Traces { get; init; } = true;

    public bool Logs { get; init; } = true;

    /// <summary>Nobody in between can be kept from reading along.</summary>
    public bool IsUnprotected { get; init; }

    /// <returns>Null when nobody asks for telemetry.</returns>
    /// <exception cref="ConfigurationException">The flags contradict each other, or cannot be used.</exception>
    public static TelemetrySettings? From(ResolvedConfiguration configuration, ProcessEnvironment environment)
    {
        var collector = configuration.GetString("otel-collector-endpoint");
        var traces = !configuration.GetBoolean("otel-tracing-disabled");
        var logs = !configuration.GetBoolean("otel-logging-disabled");
        var standard = environment.Variables("OTEL_EXPORTER_OTLP_ENDPOINT") ?? "";
        if ((collector.Length == 0 && standard.Length == 0) || !(traces || logs)
            || string.Equals(environment.Variables("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var endpoint = collector.Length == 0 ? null : Address(collector, configuration.GetBoolean("otel-collector-endpoint-tls-insecure"));
        return new()
        {
            Endpoint = endpoint,
            Authorities = Trust(configuration, environment),
            Traces = traces,
            Logs = logs,
            IsUnprotected = (endpoint?.ToString() ?? standard).StartsWith("http:", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static Uri Address(string collector, bool isInsecure)
    {
        var text = collector.Contains("://", StringComparison.Ordinal) ? collector : $"{(isInsecure ? "http" : "https")}://{collector}";
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 && address.UserInfo.Length == 0
            ? address
            : throw new ConfigurationException("otel-collector-endpoint must be host:port, or a URL with http or https");
    }

    private static TrustedAuthorities? Trust(ResolvedConfiguration configuration, ProcessEnvironment environment)
    {
        var path = configuration.GetString("otel-collector-endpoint-tls-cert-path");
        var inline = configuration.GetString("otel-collector-endpoint-tls-cert");
        if (path.Length > 0 && inline.Length > 0)
        {
            throw new ConfigurationException(
                "otel: failed to create gRPC connection: otel: tlsCertPath and tlsCert are mutually exclusive, only one should be provided"
                + " (--otel-collector-endpoint-tls-cert-path, --otel-collector-endpoint-tls-cert)");
        }

        return path.Length > 0 ? TrustedAuthorities.Load(Path.Combine(environment.WorkingDirectory, path))
            : inline.Length > 0 ? TrustedAuthorities.Parse(Pem(inline), "--otel-collector-endpoint-tls-cert")
            : null;
    }

    // Upstream takes the text in base64url, although it says that it takes the text.
    private static string Pem(string text)
    {
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            return Encoding.UTF8.GetString(Base64UrlText.Decode(Encoding.UTF8.GetBytes(text)));
        }
        catch (FormatException refusal)
        {
            throw new ConfigurationException(
                "otel: failed to parse TLS certificate: --otel-collector-endpoint-tls-cert must be a PEM text, as it is or in base64url without padding", refusal);
        }
    }
}
