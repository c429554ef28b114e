using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.Tests.Data;

namespace Podium.Tests.Connectors;

/// <summary>Two processes of one connector, as two pods are: the built baton-grafana twice, with one credential.</summary>
public sealed class SharedQueueTests
{
    private const int Most = 60;

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Syncs_TwoProcesses_ShareThemAndOneGoesOnAlone(DatabaseKind kind)
    {
        await using var world = await KilledWorld.StartServerAloneAsync(kind);
        world.Grafana.Populate(50, 3);
        world.StartConnector("first");
        world.StartConnector("second");

        // Which of two that wait is given work is left to chance.
        var hosts = new HashSet<string>();
        for (var sync = 0; sync < Most && hosts.Count < 2; sync++)
        {
            hosts.Add((await SyncAsync(world)).HostId!);
        }

        Assert.Equal(["first", "second"], hosts.Order(StringComparer.Ordinal));
        var arrived = new TaskCompletionSource();
        world.Grafana.Faults.On("GET", "^/api/users").Run(_ => arrived.TrySetResult());
        await AskUntilAsync(world, arrived.Task);
        await world.KillFirstConnectorAsync();

        // It had the sync, or had not: within a few heartbeats the other one has done one.
        var last = await SyncAsync(world);
        while (last.HostId == "first")
        {
            last = await SyncAsync(world);
        }

        Assert.Equal("second", last.HostId);
    }

    /// <summary>One that is under way may be past the place that is waited for: it is asked again until one comes by.</summary>
    private static async Task AskUntilAsync(KilledWorld world, Task arrived)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!arrived.IsCompleted)
        {
            await world.AskForSyncsAsync();
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Asks for syncs until one that was asked for here is applied, and says who did it.</summary>
    private static async Task<Attempt> SyncAsync(KilledWorld world)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var before = await world.Database.ReadAsync(context => context.Set<Sync>().MaxAsync(sync => (long?)sync.Id, Cancellation)) ?? 0;
        while (true)
        {
            var made = await world.Database.ReadAsync(context => (
                from sync in context.Set<Sync>()
                join attempt in context.Set<Attempt>() on sync.AttemptId equals attempt.Id
                where sync.Id > before && sync.State == SyncState.Applied && attempt.State == AttemptState.Done
                select attempt).FirstOrDefaultAsync(Cancellation));
            if (made is not null)
            {
                return made;
            }

            await world.AskForSyncsAsync();
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
