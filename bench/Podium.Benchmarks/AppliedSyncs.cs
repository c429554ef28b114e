using Podium.Connectors;
using Podium.Inventory.Applying;

namespace Podium.Benchmarks;

/// <summary>What Podium does with uploads: first, the same again, one in a hundred changed, the same again. Prints names and milliseconds.</summary>
internal static class AppliedSyncs
{
    public static async Task RunAsync(Target target, string first, string changed)
    {
        var times = new TransactionTimes();
        var database = await target.CreateAsync(times);
        var (_, connectorId) = await Target.AddConnectorAsync(database);
        using var apply = new SyncApply(database, TimeProvider.System, context => new TimedBulkWriter(SyncApply.WriterOf(context)));
        Figures.Print("before", Figures.Resident());
        (string Name, string Path)[] syncs = [("first", first), ("same", first), ("changed", changed), ("same-again", changed), ("back", first)];
        foreach (var (name, path) in syncs)
        {
            var sync = await Target.AddSyncAsync(database, connectorId);
            TimedBulkWriter.Clear();
            times.Longest = TimeSpan.Zero;
            var clock = new Clock();
            var outcome = await apply.ApplyAsync(sync, path, CancellationToken.None);
            clock.Print(name);
            Figures.Print($"{name}-held", times.Longest.TotalMilliseconds);
            Figures.Print($"{name}-peak", Figures.Peak());
            Figures.Print($"{name}-heap", GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0);
            TimedBulkWriter.Print(name);
            if (outcome.State != SyncState.Applied)
            {
                throw new InvalidOperationException($"{name}: {outcome.State}, {outcome.Reason}");
            }
        }

        Figures.Print("peak", Figures.Peak());
    }
}
