using System.Security.Cryptography.X509Certificates;
using Baton.Testing.Connectors;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;
using Podium.Inventory;
using Podium.Inventory.Lists;
using Podium.Tests.Connectors;
using Podium.Tests.Data;
using Podium.Tests.Hosting;
using Podium.Tests.Inventory;
using Podium.Tokens;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Tests.Backups;

/// <summary>A running server with an inventory of three syncs, and the commands of podium beside it, as processes would run them.</summary>
internal sealed class BackupRig : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podium-backup-");
    private readonly List<TestDatabase> _targets = [];
    private readonly List<RawConnector> _raw = [];
    private NewCredential? _credential;
    private long _appId;

    private BackupRig(DatabaseKind kind, TestServer server)
    {
        Kind = kind;
        Server = server;
    }

    public DatabaseKind Kind { get; }

    public TestServer Server { get; }

    /// <summary>What the connector sees, as of its last sync.</summary>
    public UploadBuilder Upload { get; } = UploadBuilder.Grafana(organizations: 2, users: 5);

    /// <summary>Between the second and the third sync.</summary>
    public Moment Before { get; private set; }

    public long ConnectorId { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ServerOptions Options => Server.Get<ServerOptions>();

    public static async Task<BackupRig> StartAsync(DatabaseKind kind)
    {
        var rig = new BackupRig(kind, await TestServer.StartAsync(kind));
        await rig.FillAsync();
        return rig;
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A command beside the server.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(Options, arguments);

    /// <summary>A command for another server.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(ServerOptions options, params string[] arguments)
    {
        Dictionary<string, string?> variables = new(StringComparer.Ordinal)
        {
            ["PODIUM_DATA"] = options.DataDirectory,
            ["PODIUM_DATABASE"] = options.Database,
            ["PODIUM_KEY_FILE"] = options.KeyFile,
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await PodiumProgram.RunAsync(arguments, new(name => variables.GetValueOrDefault(name), _folder.FullName), output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Where nothing is yet.</summary>
    public async Task<ServerOptions> TargetAsync()
    {
        var database = await TestDatabase.CreateEmptyAsync(Kind);
        _targets.Add(database);
        return new()
        {
            DataDirectory = PathOf($"target-{_targets.Count}"),
            Database = Kind == DatabaseKind.PostgreSql ? database.Options.ConnectionString : null,
            KeyFile = Kind == DatabaseKind.PostgreSql ? PathOf($"target-{_targets.Count}.key") : null,
            Listen = new(System.Net.IPAddress.Loopback, 0),
            ListenHealth = new(System.Net.IPAddress.Loopback, 0),
        };
    }

    /// <summary>What a server answers about its inventory, now and as of before: every list, to its last row.</summary>
    public async Task<string> AnswersAsync(TestServer server)
    {
        var entitlements = await server.Database.ReadAsync(context => context.Set<AppEntitlement>().OrderBy(entitlement => entitlement.Id).Select(entitlement => entitlement.Id).ToListAsync(Cancellation));
        List<string> lines = [];
        foreach (var moment in new Moment?[] { null, Before })
        {
            lines.AddRange((await AllAsync(token => server.Get<AccountList>().PageAsync(new() { AppId = _appId, AsOf = moment }, new(2, token), Cancellation))).Select(row => $"{moment} {row}"));
            lines.AddRange((await AllAsync(token => server.Get<EntitlementList>().PageAsync(new() { AppId = _appId, AsOf = moment }, new(2, token), Cancellation))).Select(row => $"{moment} {row}"));
            foreach (var id in entitlements)
            {
                lines.AddRange((await AllAsync(token => server.Get<GrantList>().PageAsync(new() { AppId = _appId, EntitlementId = id, AsOf = moment }, new(2, token), Cancellation))).Select(row => $"{moment} {row}"));
            }
        }

        lines.AddRange((await server.Get<AccountList>().PageAsync(new() { AppId = _appId, Text = "ogin3" }, new(), Cancellation)).Rows.Select(row => $"found {row}"));
        return string.Join('\n', lines);
    }

    /// <summary>A whole sync over the wire.</summary>
    public static async Task SyncAsync(TestServer server, RawConnector raw, long connectorId, UploadBuilder upload)
    {
        var sync = (await server.Get<SyncNow>().RunAsync(connectorId, Actor.System, Cancellation))!;
        var task = await raw.TakeAsync(BatonTask.TaskTypeOneofCase.SyncFull, Cancellation);
        Assert.Equal(sync.PublicId.ToString(), task.Id);
        var path = Path.GetTempFileName();
        try
        {
            upload.Write(path);
            await raw.UploadAsync(task.Id, await File.ReadAllBytesAsync(path, Cancellation), Cancellation);
        }
        finally
        {
            File.Delete(path);
        }

        await raw.FinishAsync(task.Id, Cancellation);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (await server.Database.ReadAsync(context => context.Set<Sync>().Where(one => one.Id == sync.Id).Select(one => one.State).SingleAsync(Cancellation)) != SyncState.Applied)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>The connector of this rig, calling another server.</summary>
    public RawConnector RawOf(TestServer server)
    {
        var raw = new RawConnector(server.Server.Address(Listener.Public).Authority, _credential!.Credential.ClientId, _credential.ClientSecret, X509CertificateLoader.LoadCertificateFromFile(server.Server.Folder.FilePath("ca.pem")));
        _raw.Add(raw);
        return raw;
    }

    private async Task FillAsync()
    {
        var connector = await ConnectorRig.AddAsync(Server, "Raw");
        (ConnectorId, _appId) = (connector.Id, connector.AppId);
        _credential = await Server.Get<RotateCredential>().RunAsync(connector.Id, null, Actor.System, Cancellation);
        var raw = RawOf(Server);
        await raw.AuthorizeAsync(Cancellation);
        var upload = Upload;
        await SyncAsync(Server, raw, connector.Id, upload);
        upload.AddUser("9");
        upload.AddGrant("org:2:Editor", "user", "9");
        await SyncAsync(Server, raw, connector.Id, upload);
        Before = TimeProvider.System.Now();
        upload.AddUser("1", "renamed", email: "login1@example.com");
        upload.Grants.Remove(upload.Grants.Keys.First(key => key.Contains("org:2:Editor", StringComparison.Ordinal)));
        upload.AddGrant("org:2:Admin", "user", "2");
        await SyncAsync(Server, raw, connector.Id, upload);
    }

    public async ValueTask DisposeAsync()
    {
        _raw.ForEach(raw => raw.Dispose());
        await Server.DisposeAsync();
        foreach (var target in _targets)
        {
            await target.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<ListPage<T>>> read)
    {
        List<T> all = [];
        for (string? token = null; ;)
        {
            var page = await read(token);
            all.AddRange(page.Rows);
            if (page.Next is null)
            {
                return all;
            }

            token = page.Next;
        }
    }
}
