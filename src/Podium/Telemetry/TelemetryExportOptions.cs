using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Podium.Telemetry;

/// <summary>Where measurements go by OTLP. Null endpoint: to that of the standard variables.</summary>
internal sealed record TelemetryExportOptions(Uri? Endpoint, X509Certificate2Collection? Authorities, bool HasTraces)
{
    /// <param name="collector"><c>host:port</c> for gRPC, or a URL; empty for none.</param>
    /// <param name="isInsecure"><c>host:port</c> is without TLS.</param>
    /// <param name="authoritiesPath">PEM to trust instead of the system's; null for none.</param>
    /// <param name="hasTraces">Spans besides metrics.</param>
    /// <param name="variables">Of the process.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <returns>Null when nobody wants any.</returns>
    public static TelemetryExportOptions? From(string collector, bool isInsecure, string? authoritiesPath, bool hasTraces, Func<string, string?> variables, List<string> problems)
    {
        var isOff = string.Equals(variables("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        if (isOff || (collector.Length == 0 && string.IsNullOrEmpty(variables("OTEL_EXPORTER_OTLP_ENDPOINT"))))
        {
            return null;
        }

        Uri? endpoint = null;
        if (collector.Length > 0)
        {
            var text = collector.Contains("://", StringComparison.Ordinal) ? collector : $"{(isInsecure ? "http" : "https")}://{collector}";
            if (!Uri.TryCreate(text, UriKind.Absolute, out endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0)
            {
                problems.Add("--otel-collector-endpoint must be HOST:PORT or a URL of http or https.");
                return null;
            }
        }

        X509Certificate2Collection? authorities = null;
        if (authoritiesPath is not null)
        {
            authorities = [];
            try
            {
                authorities.ImportFromPemFile(authoritiesPath);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
            {
                problems.Add($"--otel-collector-endpoint-tls-cert-path cannot be read: {failure.Message}");
                return null;
            }
        }

        return new(endpoint, authorities, hasTraces);
    }
}
