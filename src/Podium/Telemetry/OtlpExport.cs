using System.Security.Cryptography.X509Certificates;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Podium.Telemetry;

/// <summary>Sends what is measured to a collector, by OTLP, until the server has stopped.</summary>
internal sealed class OtlpExport(TelemetryExportOptions options, string version) : IHostedLifecycleService
{
    private readonly List<IDisposable> _providers = [];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // What the standard variables say comes last, and wins.
        var resource = ResourceBuilder.CreateEmpty().AddService("podium", serviceVersion: version).AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (options.HasTraces)
        {
            _providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ServerTelemetry.Name).AddOtlpExporter(Configure).Build());
        }

        _providers.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ServerTelemetry.Name).AddOtlpExporter(Configure).Build());
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left, which takes five seconds at most.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await Task.WhenAll(_providers.Select(provider => Task.Run(provider.Dispose, cancellationToken)));

    private void Configure(OtlpExporterOptions exporter)
    {
        if (options.Endpoint is { } endpoint)
        {
            (exporter.Endpoint, exporter.Protocol) = (endpoint, OtlpExportProtocol.Grpc);
        }

        exporter.HttpClientFactory = () =>
        {
            // What a collector is told, and the key that it may want in a header, are for nobody whom it names.
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
            if (options.Authorities is { } authorities)
            {
                handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
            }

            return new HttpClient(handler) { Timeout = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds) };
        };
    }
}
