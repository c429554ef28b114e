using System.Security.Cryptography.X509Certificates;
using Baton.Testing.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Attempts;
using Podium.Connectors.Catalog;
using Podium.Connectors.Syncs;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;
using Podium.Tests.Hosting;
using Podium.Tokens;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Tests.Connectors;

/// <summary>A server with a connector that runs elsewhere, and that connector as raw calls. The server's clock is the test's where it gives one.</summary>
internal sealed class ConnectorRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<RawConnector> _raw = [];
    private readonly X509Certificate2 _authority;

    private ConnectorRig(TestServer server, Connector connector, NewCredential credential)
    {
        Server = server;
        ConnectorId = connector.Id;
        Credential = credential;
        _authority = X509CertificateLoader.LoadCertificateFromFile(server.Server.Folder.FilePath("ca.pem"));
        Raw = NewRaw(credential);
    }

    public TestServer Server { get; }

    public long ConnectorId { get; }

    public NewCredential Credential { get; }

    public RawConnector Raw { get; }

    public Database Database => Server.Database;

    public AppliedSyncs Inventory => Get<AppliedSyncs>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="kind">Which database.</param>
    /// <param name="clock">Of governance; null for the system's.</param>
    /// <param name="change">Of the times and limits; calls are held for 200 ms, so that a test that finds nothing goes on.</param>
    public static async Task<ConnectorRig> StartAsync(DatabaseKind kind, TimeProvider? clock = null, Func<ConnectorServiceOptions, ConnectorServiceOptions>? change = null)
    {
        var options = new ConnectorServiceOptions { Hold = TimeSpan.FromMilliseconds(200) };
        var server = await TestServer.StartAsync(kind, clock, compose: services =>
        {
            services.Replace(ServiceDescriptor.Singleton(change?.Invoke(options) ?? options));
            services.AddSingleton<AppliedSyncs>();
            services.Replace(ServiceDescriptor.Singleton<ApplySync>(provider => provider.GetRequiredService<AppliedSyncs>().ApplyAsync));
        });
        var connector = await AddAsync(server, "Raw");
        var credential = await server.Server.Services.GetRequiredService<RotateCredential>().RunAsync(connector.Id, null, Actor.System, Cancellation);
        return new(server, connector, credential);
    }

    public static Task<Connector> AddAsync(TestServer server, string name) => server.Server.Services.GetRequiredService<AddConnector>()
        .RunAsync(new() { CatalogId = ConnectorCatalog.BatonId, DisplayName = name }, Actor.System, Cancellation);

    public T Get<T>()
        where T : notnull
        => Server.Server.Services.GetRequiredService<T>();

    public RawConnector NewRaw(NewCredential credential)
    {
        var raw = new RawConnector(Server.Server.Address(Listener.Public).Authority, credential.Credential.ClientId, credential.ClientSecret, _authority);
        _raw.Add(raw);
        return raw;
    }

    /// <summary>Gives the connector work, as the feature that wants it would.</summary>
    public async Task<Attempt> GiveAsync(BatonTask task, string purpose = "test")
    {
        var attempt = await Database.WriteAsync(context => Task.FromResult(Get<AttemptQueue>().Add(context, ConnectorId, task, purpose)), Cancellation);
        await Get<WorkSignal>().AnnounceAsync(ConnectorId, Cancellation);
        return attempt;
    }

    public Task<Sync?> AskForSyncAsync() => Get<SyncNow>().RunAsync(ConnectorId, Actor.System, Cancellation);

    public Task<Connector> ConnectorAsync() => Database.ReadAsync(context => context.Set<Connector>().FirstAsync(one => one.Id == ConnectorId, Cancellation));

    public Task<Attempt> AttemptAsync(string id) => Database.ReadAsync(context => context.Set<Attempt>().FirstAsync(one => one.PublicId == Ksuid.Parse(id), Cancellation));

    public Task<Sync> SyncAsync(string taskId) => Database.ReadAsync(context => (
        from attempt in context.Set<Attempt>()
        join sync in context.Set<Sync>() on attempt.Id equals sync.AttemptId
        where attempt.PublicId == Ksuid.Parse(taskId)
        select sync).FirstAsync(Cancellation));

    public Task<List<string>> AuditAsync() => Database.ReadAsync(context => context.Set<AuditRow>().OrderBy(row => row.Id).Select(row => row.Kind + " " + row.Details).ToListAsync(Cancellation));

    /// <summary>Looks again and again, for real time, until it holds: workers of the server write on their own.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public Task WaitForSyncAsync(string taskId, SyncState state) => WaitUntilAsync(async () => (await SyncAsync(taskId)).State == state);

    public async ValueTask DisposeAsync()
    {
        _raw.ForEach(raw => raw.Dispose());
        _authority.Dispose();
        await Server.DisposeAsync();
    }
}
