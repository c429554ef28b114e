namespace Baton.Benchmarks;

/// <summary>What a run of an executable took.</summary>
/// <param name="Wall">Start to end.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakBytes">The largest resident set.</param>
internal readonly record struct Measurement(TimeSpan Wall, TimeSpan Cpu, long PeakBytes)
{
    /// <summary>The median by wall time, with the highest peak of all.</summary>
    public static async Task<Measurement> MedianAsync(int runs, Func<Task<Measurement>> run)
    {
        var all = new List<Measurement>();
        for (var i = 0; i < runs; i++)
        {
            all.Add(await run());
        }

        var median = all.OrderBy(one => one.Wall).ElementAt(runs / 2);
        return median with { PeakBytes = all.Max(one => one.PeakBytes) };
    }
}
