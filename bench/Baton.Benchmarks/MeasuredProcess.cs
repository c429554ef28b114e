using System.Diagnostics;
using System.Globalization;

namespace Baton.Benchmarks;

/// <summary>Runs an executable and reads from /proc what it used. Linux only.</summary>
internal static class MeasuredProcess
{
    public static async Task<Measurement> RunAsync(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        var cpu = TimeSpan.Zero;
        while (!process.WaitForExit(milliseconds: 2))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            cpu = CpuOf(process.Id) ?? cpu;
        }

        var wall = Stopwatch.GetElapsedTime(began);
        return process.ExitCode == 0
            ? new Measurement(wall, cpu, peak)
            : throw new InvalidOperationException($"{path} ended with {process.ExitCode}: {await errors}");
    }

    // Fields 14 and 15 of the line, in hundredths of a second: user and system. The name before them, in parentheses, may hold spaces.
    private static TimeSpan? CpuOf(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // VmHWM only grows, so that looking often enough finds its last value.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
