using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tests.Sync;

public sealed class SyncSessionTests : IDisposable
{
    private readonly SyncRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task OnceAsync_ManyAsk_IsMadeOnce()
    {
        var made = 0;

        await _rig.RunAsync(Asking(20, sync => sync.OnceAsync("k", _ => Task.FromResult($"{++made}"), Cancellation)));

        Assert.Equal(1, made);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OnceAsync_FailsForAMoment_IsMadeAgain(bool beforeItsFirstAwait)
    {
        _rig.EngineTime = new EagerTime(_rig.Time.GetUtcNow());
        var calls = 0;

        await _rig.RunAsync(Asking(3, sync => sync.OnceAsync("k", Make, Cancellation)));

        Assert.Equal(2, calls);

        Task<string> Make(CancellationToken cancellationToken)
        {
            var failure = new ConnectorException(StatusCode.Unavailable, "busy");
            return Interlocked.Increment(ref calls) > 1 ? Task.FromResult("made")
                : beforeItsFirstAwait ? throw failure
                : Task.FromException<string>(failure);
        }
    }

    [Fact]
    public async Task OnceAsync_FirstToAskLeaves_IsStillMadeForTheOthers()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var value = "";

        await _rig.RunAsync(Asking(1, async sync =>
        {
            var first = sync.OnceAsync("k", stop => gate.Task.WaitAsync(stop), leaving.Token);
            var second = sync.OnceAsync("k", _ => Task.FromResult("another"), Cancellation);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
            gate.SetResult("shared");
            value = await second;
        }));

        Assert.Equal("shared", value);
    }

    [Fact]
    public async Task SyncContext_Asked_TellsOfTheSync()
    {
        _rig.Options = _rig.Options with { ResourceTypes = ["group"], Workers = 5 };
        ISyncContext? seen = null;

        var summary = await _rig.RunAsync(Asking(1, sync =>
        {
            seen = sync;
            sync.Warn("twice");
            sync.Warn("twice");
            return Task.CompletedTask;
        }));

        Assert.Equal(summary.SyncId, seen?.SyncId);
        Assert.Equal(5, seen?.Parallelism);
        Assert.True(seen?.IsSelected("group"));
        Assert.False(seen?.IsSelected("user"));
        Assert.Equal(["twice"], summary.Warnings);
    }

    private static ScriptedConnector Asking(int groups, Func<ISyncContext, Task> ask)
    {
        return new(new ScriptedType("group")
        {
            Resources = (_, _) => Pages.Of([.. Enumerable.Range(1, groups).Select(i => Make.Group($"{i}"))]),
            Grants = (_, request) => List(request),
        });

        async IAsyncEnumerable<Page<Grant>> List(PageRequest request)
        {
            await ask(request.Sync);
            yield return new Page<Grant>([]);
        }
    }
}
