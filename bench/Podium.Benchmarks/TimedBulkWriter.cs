using Podium.Inventory.Applying;

namespace Podium.Benchmarks;

/// <summary>Adds up how long statements took, by what they did: the part of an apply in which other writers wait.</summary>
internal sealed class TimedBulkWriter(IBulkWriter inner) : IBulkWriter
{
    private static readonly Dictionary<string, (TimeSpan Wall, TimeSpan Cpu)> Parts = new(StringComparer.Ordinal);

    public static void Clear() => Parts.Clear();

    /// <summary>Prints each part, and all of them.</summary>
    public static void Print(string name)
    {
        foreach (var (part, time) in Parts)
        {
            Figures.Print($"{name}:{part}", time.Wall.TotalMilliseconds);
            Figures.Print($"{name}:{part}-cpu", time.Cpu.TotalMilliseconds);
        }
    }

    public Task<IReadOnlyList<long>> ReserveAsync(string table, int count, CancellationToken cancellationToken)
        => TimedAsync($"reserve-{table}", () => inner.ReserveAsync(table, count, cancellationToken));

    public Task InsertAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => TimedAsync($"insert-{table.Name}", async () =>
    {
        await inner.InsertAsync(table, write, cancellationToken);
        return 0;
    });

    public Task UpdateAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => TimedAsync($"update-{table.Name}", async () =>
    {
        await inner.UpdateAsync(table, write, cancellationToken);
        return 0;
    });

    public Task<int> ExecuteAsync(string sql, IReadOnlyCollection<long> ids, IReadOnlyList<(string Name, long Value)> numbers, CancellationToken cancellationToken)
        => TimedAsync(string.Join('-', sql.Split(' ').Where(word => word.Length > 3).Take(2)), () => inner.ExecuteAsync(sql, ids, numbers, cancellationToken));

    private static async Task<T> TimedAsync<T>(string part, Func<Task<T>> statement)
    {
        var clock = new Clock();
        var result = await statement();
        var before = Parts.GetValueOrDefault(part);
        Parts[part] = (before.Wall + clock.Wall, before.Cpu + clock.Used);
        return result;
    }
}
