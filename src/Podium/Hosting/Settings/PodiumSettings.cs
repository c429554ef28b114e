using System.Net;
using Baton.CommandLine;
using Baton.Configuration;
using Podium.Telemetry;

namespace Podium.Hosting.Settings;

/// <summary>Everything that can be set, as flag, <c>PODIUM_*</c> variable, or key of <c>podium.yaml</c>; secrets also as files.</summary>
internal static class PodiumSettings
{
    private static readonly StringField Data = new("data") { Description = "The folder of database, keys and uploads", Default = "podium-data", Persistent = true };
    private static readonly StringField Database = new("database") { Description = "PostgreSQL's connection string, instead of SQLite in the folder", Secret = true, Persistent = true };
    private static readonly StringField KeyFile = new("key-file") { Description = "The file with the 32 bytes that wrap the secrets in the database; needed with --database", Persistent = true };
    private static readonly StringField PublicUrl = new("public-url") { Description = "What people and connectors call", Default = "https://127.0.0.1:8443", Persistent = true };
    private static readonly StringField LogLevel = new("log-level") { Description = "The least of what is logged: debug, info, warn, error", Default = "info" };
    private static readonly StringField LogFormat = new("log-format") { Description = "How a line is logged: json, console", Default = "json" };
    private static readonly StringField Listen = new("listen") { Description = "Address and port of pages, API and connectors' service", Default = "127.0.0.1:8443" };
    private static readonly StringField ListenGrpc = new("listen-grpc") { Description = "Address and port of the connectors' service without TLS, behind a proxy that ends it" };
    private static readonly StringField ListenHealth = new("listen-health") { Description = "Address and port of health and metrics; none for none", Default = "127.0.0.1:8081" };
    private static readonly StringField TlsCertificate = new("tls-cert") { Description = "A certificate as PEM, instead of one by an authority of the server's own" };
    private static readonly StringField TlsKey = new("tls-key") { Description = "The certificate's key as PEM" };
    private static readonly StringsField TrustedProxies = new("trusted-proxy") { Description = "Networks whose X-Forwarded-* headers count" };
    private static readonly StringField Catalog = new("catalog") { Description = "The folder of connector executables that may be hosted; trusted like podium itself" };

    private static readonly StringField Collector = new("otel-collector-endpoint") { Description = "Where metrics and traces are sent: host:port for gRPC with TLS, or a URL; goes before OTEL_EXPORTER_OTLP_ENDPOINT" };
    private static readonly BooleanField CollectorInsecure = new("otel-collector-endpoint-tls-insecure") { Description = "host:port of the collector is without TLS" };
    private static readonly StringField CollectorAuthorities = new("otel-collector-endpoint-tls-cert-path") { Description = "A PEM file with authorities to trust for the collector, instead of the system's" };
    private static readonly BooleanField TracingDisabled = new("otel-tracing-disabled") { Description = "Send no traces, metrics alone" };

    public static ConfigurationSchema Schema { get; } = new(new()
    {
        Names = new() { EnvironmentPrefix = "PODIUM_", FileNames = ["podium.yaml", "podium.yml"] },
        Fields = [Data, Database, KeyFile, PublicUrl, LogLevel, LogFormat, Listen, ListenGrpc, ListenHealth, TlsCertificate, TlsKey, TrustedProxies, Catalog, Collector, CollectorInsecure, CollectorAuthorities, TracingDisabled],
    });

    /// <summary>Understood by every command.</summary>
    public static IReadOnlyList<Flag> CommonFlags => [.. Schema.Fields.Where(setting => setting.Persistent).Select(Schema.FlagOf)];

    /// <summary>Of <c>serve</c> alone.</summary>
    public static IReadOnlyList<Flag> ServeFlags => [.. Schema.Fields.Where(setting => !setting.Persistent).Select(Schema.FlagOf)];

    /// <exception cref="ConfigurationException">A source cannot be read.</exception>
    /// <exception cref="StartupException">A value is not good; all that are not are named.</exception>
    public static (ServerOptions Options, LogOptions Log, IReadOnlyList<string> Secrets) Resolve(Invocation invocation, ProgramEnvironment environment)
    {
        var values = new ConfigurationResolver(Schema).Resolve(new()
        {
            Flags = invocation.Flags,
            Environment = environment.Variables,
            WorkingDirectory = environment.WorkingDirectory,
        });
        List<string> problems = [];
        ServerOptions options = new()
        {
            DataDirectory = PathOf(Data) ?? "",
            Database = Text(Database),
            KeyFile = PathOf(KeyFile),
            PublicUrl = Uri.TryCreate(values.GetString(PublicUrl.Name), UriKind.Absolute, out var url) ? url : Problem<Uri>("--public-url is no URL: write https://HOST:PORT.") ?? new("https://127.0.0.1"),
            Listen = EndPoint(Listen) ?? new(IPAddress.Loopback, 0),
            ListenGrpc = EndPoint(ListenGrpc),
            ListenHealth = values.GetString(ListenHealth.Name) is "none" ? null : EndPoint(ListenHealth),
            Certificate = (PathOf(TlsCertificate), PathOf(TlsKey)) switch
            {
                ({ } certificate, { } key) => (certificate, key),
                (null, null) => null,
                _ => Problem<(string, string)?>("--tls-cert and --tls-key belong together: give both or neither."),
            },
            TrustedProxies = [.. values.GetStrings(TrustedProxies.Name).Select(Network).OfType<IPNetwork>()],
            CatalogDirectory = PathOf(Catalog),
            Telemetry = TelemetryExportOptions.From(
                values.GetString(Collector.Name), values.GetBoolean(CollectorInsecure.Name), PathOf(CollectorAuthorities), !values.GetBoolean(TracingDisabled.Name), environment.Variables, problems),
        };
        problems.AddRange(options.Problems());
        var log = LogOptions.Parse(values.GetString(LogLevel.Name), values.GetString(LogFormat.Name), problems);
        return problems.Count == 0 ? (options, log, values.Redactor.Secrets) : throw new StartupException(string.Join(' ', problems.Distinct(StringComparer.Ordinal)));

        string? Text(StringField field) => values.GetString(field.Name) is { Length: > 0 } text ? text : null;

        string? PathOf(StringField field) => Text(field) is { } path ? Path.GetFullPath(path, environment.WorkingDirectory) : null;

        IPEndPoint? EndPoint(StringField field) => Text(field) is not { } text
            ? null
            : IPEndPoint.TryParse(text, out var endPoint) && text.Contains(':', StringComparison.Ordinal)
                ? endPoint
                : Problem<IPEndPoint>($"--{field.Name} must be ADDRESS:PORT, for example 0.0.0.0:8443.");

        IPNetwork? Network(string text) => IPNetwork.TryParse(text, out var network)
            ? network
            : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : Problem<IPNetwork?>($"--trusted-proxy is no network: '{text}'. Write 10.0.0.0/8.");

        T? Problem<T>(string text)
        {
            problems.Add(text);
            return default;
        }
    }
}
