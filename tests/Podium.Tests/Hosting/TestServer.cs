using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podium.Data;
using Podium.Hosting;
using Podium.Tests.Data;

namespace Podium.Tests.Hosting;

/// <summary>A whole server in this process, on free ports of the loopback interface, with either database and a clock that the test moves.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _folder;

    private TestServer(PodiumServer server, TestDatabase database, string folder)
    {
        Server = server;
        _database = database;
        _folder = folder;
    }

    public PodiumServer Server { get; }

    public Database Database => Server.Services.GetRequiredService<Database>();

    public static async Task<TestServer> StartAsync(
        DatabaseKind kind, TimeProvider? clock = null, Func<ServerOptions, ServerOptions>? change = null, Action<IServiceCollection>? compose = null)
    {
        var database = await TestDatabase.CreateEmptyAsync(kind);
        var folder = Directory.CreateTempSubdirectory("podium-server-").FullName;
        var keyFile = Path.Combine(folder, "wrapping.key");
        var options = new ServerOptions
        {
            DataDirectory = Path.Combine(folder, "data"),
            Database = kind == DatabaseKind.PostgreSql ? database.Options.ConnectionString : null,
            KeyFile = kind == DatabaseKind.PostgreSql ? keyFile : null,
            Listen = new(IPAddress.Loopback, 0),
            ListenHealth = new(IPAddress.Loopback, 0),
        };
        if (kind == DatabaseKind.PostgreSql)
        {
            await File.WriteAllBytesAsync(keyFile, new byte[32], TestContext.Current.CancellationToken);
        }

        var server = await PodiumServer.StartAsync(
            change?.Invoke(options) ?? options,
            builder =>
            {
                if (clock is not null)
                {
                    builder.Services.Replace(ServiceDescriptor.Singleton(clock));
                }

                compose?.Invoke(builder.Services);
            },
            TestContext.Current.CancellationToken);
        return new(server, database, folder);
    }

    /// <summary>Trusts the server's own authority and nothing else; follows no redirect, keeps cookies.</summary>
    public HttpClient Client(Listener listener = Listener.Public)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Server.Folder.FilePath("ca.pem"));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() };
        handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(authority);
        return new(handler) { BaseAddress = Server.Address(listener) };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
