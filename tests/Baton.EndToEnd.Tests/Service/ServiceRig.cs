using Baton.Protocol.Connector.V2;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.Grafana;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>A connector as a service between a platform and a Grafana, all three on real sockets.</summary>
internal sealed class ServiceRig : IAsyncDisposable
{
    private readonly List<Connector> _connectors = [];

    private ServiceRig(FakeGrafana grafana, FakeControlPlane platform)
    {
        (Grafana, Platform, Workspace) = (grafana, platform, new(grafana));
        foreach (var (name, value) in platform.Environment)
        {
            Workspace.Variables[name] = value;
        }

        Workspace.Variables["BATON_PROVISIONING"] = "true";
        Workspace.Variables["BATON_LOG_LEVEL"] = "debug";
    }

    public FakeGrafana Grafana { get; }

    public FakeControlPlane Platform { get; }

    public Workspace Workspace { get; }

    /// <summary>What lies in the folder for temporary files but the types that were synced, which a service remembers there.</summary>
    public IEnumerable<string> Leftovers => Directory.EnumerateFileSystemEntries(Workspace.Temporary)
        .Where(path => !Path.GetFileName(path).StartsWith("baton-types-", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServiceRig> StartAsync(FakeControlPlaneOptions? options = null)
        => new(await Workspace.StartGrafanaAsync(), await FakeControlPlane.StartAsync(options, Cancellation));

    public Connector Run(params string[] arguments)
    {
        var connector = Connector.Start(Workspace, arguments);
        _connectors.Add(connector);
        return connector;
    }

    public PlatformTask Add(ServiceTask task) => Platform.Tasks.Add(task);

    public PlatformTask AddSync(Action<ServiceTask.Types.SyncFullTask>? change = null)
    {
        var sync = new ServiceTask.Types.SyncFullTask();
        change?.Invoke(sync);
        return Add(new ServiceTask { SyncFull = sync });
    }

    public PlatformTask AddGrant(long organization, string role, long user) => Add(new ServiceTask
    {
        Grant = new() { Entitlement = Entitlement(organization, role), Principal = User(user) },
    });

    public PlatformTask AddRevoke(long organization, string role, long user) => Add(new ServiceTask
    {
        Revoke = new()
        {
            Grant = new() { Id = $"org:{organization}:{role}:user:{user}", Entitlement = Entitlement(organization, role), Principal = User(user) },
        },
    });

    public Task<TaskEnd> EndOfAsync(PlatformTask task) => Platform.WaitForFinishAsync(task.Id, Cancellation);

    /// <summary>Asks it to stop, and returns how it ended.</summary>
    public static async Task<Ended> StopAsync(Connector connector, string signal = "TERM")
    {
        await connector.SignalAsync(signal);
        return await connector.EndAsync();
    }

    /// <summary>Nothing that is secret was written, and no bug was met.</summary>
    public void SaidNoSecret(Ended ended)
    {
        foreach (var secret in new[] { Workspace.Password, Platform.ClientSecret, Platform.ClientSecret.Split(':')[^1], "Bearer " })
        {
            Assert.DoesNotContain(secret, ended.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, ended.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("unexpected failure", ended.Error, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Platform.DisposeAsync();
        await Grafana.DisposeAsync();
        Workspace.Dispose();
    }

    private static Entitlement Entitlement(long organization, string role) => new()
    {
        Id = $"org:{organization}:{role}",
        Resource = new() { Id = new() { ResourceType = "org", Resource = $"{organization}" } },
    };

    private static Resource User(long user) => new() { Id = new() { ResourceType = "user", Resource = $"{user}" } };
}
