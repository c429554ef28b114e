using System.Net;
using Podium.Data;
using Podium.Telemetry;

namespace Podium.Hosting;

/// <summary>What a server is started with. Made once, from flags, variables and file, and immutable from there on.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where the database (without <see cref="Database"/>), the keys, the authority and the uploads lie.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>PostgreSQL's connection string; null for SQLite in <see cref="DataDirectory"/>. A secret.</summary>
    public string? Database { get; init; }

    /// <summary>Wraps the keys that encrypt what is secret in the database. Required with <see cref="Database"/>, and the same on all replicas.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Pages, API, tokens and the connectors' service, on TLS.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8443);

    /// <summary>The connectors' service without TLS, for a proxy that ends it; null for none.</summary>
    public IPEndPoint? ListenGrpc { get; init; }

    /// <summary>Health and metrics, without TLS; null for none.</summary>
    public IPEndPoint? ListenHealth { get; init; } = new(IPAddress.Loopback, 8081);

    /// <summary>What people and connectors are told to call: scheme https, a host with a dot or an address, and a port; no path.</summary>
    public Uri PublicUrl { get; init; } = new("https://127.0.0.1:8443");

    /// <summary>A certificate and its key as PEM files; without them the server makes its own authority.</summary>
    public (string CertificateFile, string KeyFile)? Certificate { get; init; }

    /// <summary>Whose <c>X-Forwarded-*</c> headers count.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Connector executables that may be hosted; trusted like podium itself.</summary>
    public string? CatalogDirectory { get; init; }

    /// <summary>Where measurements are sent besides; null for nowhere.</summary>
    public TelemetryExportOptions? Telemetry { get; init; }

    public DatabaseOptions DatabaseOptions => Database is { } connection
        ? Data.DatabaseOptions.PostgreSql(connection)
        : Data.DatabaseOptions.Sqlite(Path.Combine(DataDirectory, "podium.db"));

    /// <summary>Every rule that these break, in the words of the flags; empty when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        if (PublicUrl.Scheme != Uri.UriSchemeHttps || PublicUrl.AbsolutePath != "/" || PublicUrl.Query.Length > 0 || PublicUrl.UserInfo.Length > 0)
        {
            yield return "--public-url must be https://HOST or https://HOST:PORT, without a path: clients of this API keep the host only.";
        }
        else if (!PublicUrl.Host.Contains('.', StringComparison.Ordinal) && PublicUrl.HostNameType is UriHostNameType.Dns)
        {
            yield return $"--public-url needs a host with a dot: clients of this API append a domain to '{PublicUrl.Host}'. On this machine, take 127.0.0.1 or podium.localhost.";
        }

        if (Database is not null && KeyFile is null)
        {
            yield return "--database needs --key-file: the key that wraps the secrets in the database must not lie in the database, and is the same for all replicas.";
        }
    }
}
