using Baton.Configuration.Secrets;
using Baton.Sdk.Tasks;
using Baton.Sdk.Tasks.Transport;
using Baton.Sdk.Tests.Tasks.Transport;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Tasks;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tests.Tasks;

/// <summary>What works on tasks, with handlers of a test's, before a control plane on a socket. Both go by one clock, which the test moves.</summary>
internal sealed class TaskRig : IAsyncDisposable
{
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    private readonly TransportRig _transport;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private TaskRig(TransportRig transport, ITaskHandler[] handlers)
    {
        _transport = transport;
        Client = transport.Connect();
        Journal = new(transport.Time, transport.Logger);
        Worker = new(handlers, Client, Journal, new DebugLog(Path.GetTempPath(), copyTo: null), new Redactor(), transport.Time, transport.Logger);

        // Real time: so that a test that waits for what never comes fails.
        _patience.CancelAfter(TimeSpan.FromMinutes(1));
    }

    public FakeControlPlane Platform => _transport.Platform;

    public PlatformClient Client { get; }

    public TaskJournal Journal { get; }

    public TaskWorker Worker { get; }

    /// <summary>Ends with the test, or when it has lasted too long.</summary>
    public CancellationToken Patience => _patience.Token;

    public static async Task<TaskRig> StartAsync(params ITaskHandler[] handlers) => new(await TransportRig.StartAsync(), handlers);

    /// <summary>Has a new task handed out, as the loop would.</summary>
    public async Task<PlatformTask> TakeAsync(ServiceTask task)
    {
        var added = Platform.Tasks.Add(task);
        Assert.Equal(added.Id, (await Client.GetTaskAsync(Patience)).Task.Id);
        return added;
    }

    /// <summary>Works on a task until it is over, of a process that nobody stops.</summary>
    public Task WorkAsync(PlatformTask task) => Worker.WorkAsync(task.Message, CancellationToken.None, CancellationToken.None);

    /// <summary>The loop, until <see cref="Stop"/>.</summary>
    public Task RunAsync(ITaskSource? source = null, int concurrency = 1)
        => new TaskLoop(source ?? new SingleTaskSource(Client), Worker, Journal, concurrency, ShutdownTimeout, _transport.Time, _transport.Logger).RunAsync(_stopping.Token);

    public void Stop() => _stopping.Cancel();

    /// <summary>Moves the clock by a time as soon as somebody waits for just that time.</summary>
    public Task PassAsync(TimeSpan time) => _transport.Time.PassAsync(time, Patience);

    /// <summary>How much time lay between the calls of a kind, by the clock that the test moves.</summary>
    public IReadOnlyList<TimeSpan> Between(CallKind kind)
    {
        var calls = Platform.Calls.Of(kind);
        return [.. calls.Skip(1).Select((call, index) => call.StartedAt - calls[index].StartedAt)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _transport.DisposeAsync();
        _stopping.Dispose();
        _patience.Dispose();
    }
}
