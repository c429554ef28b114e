using System.Diagnostics;
using Podium.Connectors;
using Podium.Inventory.Applying;

namespace Podium.Benchmarks;

/// <summary>What Podium does with uploads: first, the same again, one in a hundred changed, the same again. Prints names and milliseconds.</summary>
internal static class AppliedSyncs
{
    public static async Task RunAsync(Target target, string first, string changed)
    {
        var database = await target.CreateAsync();
        var (_, connectorId) = await Target.AddConnectorAsync(database);
        using var apply = new SyncApply(database, TimeProvider.System, context => new TimedBulkWriter(SyncApply.WriterOf(context)));
        Print("before", Process.GetCurrentProcess().WorkingSet64 / 1048576.0);
        (string Name, string Path)[] syncs = [("first", first), ("same", first), ("changed", changed), ("same-again", changed), ("back", first)];
        foreach (var (name, path) in syncs)
        {
            var sync = await Target.AddSyncAsync(database, connectorId);
            TimedBulkWriter.Held = TimeSpan.Zero;
            var began = Stopwatch.GetTimestamp();
            var outcome = await apply.ApplyAsync(sync, path, CancellationToken.None);
            Print(name, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Print($"{name}-written", TimedBulkWriter.Held.TotalMilliseconds);
            if (outcome.State != SyncState.Applied)
            {
                throw new InvalidOperationException($"{name}: {outcome.State}, {outcome.Reason}");
            }
        }

        Print("peak", Peak() / 1024.0);
    }

    public static void Print(string name, double value) => Console.WriteLine($"{name} {value:0.0}");

    /// <summary>The most memory that this process ever had, in KiB.</summary>
    public static long Peak() => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Trim().TrimEnd('k', 'B').Trim());

    /// <summary>Adds up how long statements took: the part of an apply in which others wait.</summary>
    private sealed class TimedBulkWriter(IBulkWriter inner) : IBulkWriter
    {
        public static TimeSpan Held { get; set; }

        public Task<IReadOnlyList<long>> ReserveAsync(string table, int count, CancellationToken cancellationToken)
            => TimedAsync(() => inner.ReserveAsync(table, count, cancellationToken));

        public Task InsertAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => TimedAsync(async () =>
        {
            await inner.InsertAsync(table, write, cancellationToken);
            return 0;
        });

        public Task UpdateAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => TimedAsync(async () =>
        {
            await inner.UpdateAsync(table, write, cancellationToken);
            return 0;
        });

        public Task<int> ExecuteAsync(string sql, IReadOnlyCollection<long> ids, IReadOnlyList<(string Name, long Value)> numbers, CancellationToken cancellationToken)
            => TimedAsync(() => inner.ExecuteAsync(sql, ids, numbers, cancellationToken));

        private static async Task<T> TimedAsync<T>(Func<Task<T>> statement)
        {
            var began = Stopwatch.GetTimestamp();
            var result = await statement();
            Held += Stopwatch.GetElapsedTime(began);
            return result;
        }
    }
}
