using System.Diagnostics;

namespace Podium.Benchmarks;

/// <summary>
/// Wall clock and processor time since it began. On a machine that does other things too, the processor time of a process is what can be compared; of a
/// database server it is not in it.
/// </summary>
internal readonly struct Clock()
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Cpu;

    public static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    public TimeSpan Wall => Stopwatch.GetElapsedTime(_began);

    /// <summary>User and system time of this process.</summary>
    public TimeSpan Used => Cpu - _cpu;

    /// <summary>Prints both, in milliseconds, under a name.</summary>
    public void Print(string name)
    {
        Figures.Print(name, Wall.TotalMilliseconds);
        Figures.Print($"{name}-cpu", Used.TotalMilliseconds);
    }
}
