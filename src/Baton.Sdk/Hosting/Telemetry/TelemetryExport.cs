using Baton.Sdk.Http;
using Baton.Sdk.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baton.Sdk.Hosting.Telemetry;

/// <summary>Sends what is measured to a collector, by OTLP, until it is disposed of.</summary>
internal sealed class TelemetryExport : IAsyncDisposable
{
    private const int LogDelayMilliseconds = 1000;

    private readonly TelemetrySettings _settings;
    private readonly EnvironmentProxy _proxy;
    private readonly List<IDisposable> _providers = [];

    /// <exception cref="Connectors.ConnectorException">A proxy of the environment is no address.</exception>
    public TelemetryExport(TelemetrySettings settings, ConnectorDefinition definition, Func<string, string?> variables)
    {
        _settings = settings;
        _proxy = EnvironmentProxy.Of(variables);

        // What the standard variables say comes last, and wins.
        var resource = ResourceBuilder.CreateEmpty().AddService($"{definition.Name}-server", serviceVersion: definition.Version).AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (settings.Traces)
        {
            _providers.Add(OpenTelemetry.Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ConnectorTelemetry.Name).AddOtlpExporter(Configure).Build());
        }

        if (settings.Logs)
        {
            Logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddOpenTelemetry(options => options
                .SetResourceBuilder(resource)
                .AddOtlpExporter((exporter, processor) =>
                {
                    Configure(exporter);
                    if (variables("OTEL_BLRP_SCHEDULE_DELAY") is not { Length: > 0 })
                    {
                        processor.BatchExportProcessorOptions.ScheduledDelayMilliseconds = LogDelayMilliseconds;
                    }
                })));
            _providers.Add(Logs);
        }

        _providers.Add(OpenTelemetry.Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ConnectorTelemetry.Name).AddOtlpExporter(Configure).Build());
    }

    /// <summary>Null when logs are not exported.</summary>
    public ILoggerFactory? Logs { get; }

    /// <summary>Sends what is left, all kinds at once: each gives up after five seconds.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_providers.Select(provider => Task.Run(provider.Dispose)));

    private void Configure(OtlpExporterOptions exporter)
    {
        if (_settings.Endpoint is { } endpoint)
        {
            (exporter.Endpoint, exporter.Protocol) = (endpoint, OtlpExportProtocol.Grpc);
        }

        exporter.HttpClientFactory = () =>
        {
            // What a collector is told, and the key that it may want in a header, are for nobody whom it names.
            var handler = new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = _proxy };
            _settings.Authorities?.ApplyTo(handler.SslOptions);
            return new HttpClient(handler) { Timeout = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds) };
        };
    }
}
