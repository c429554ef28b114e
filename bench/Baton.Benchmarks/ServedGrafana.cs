using System.Diagnostics;

namespace Baton.Benchmarks;

/// <summary>A fake Grafana in a process of its own, so that its work is not counted as ours.</summary>
internal sealed class ServedGrafana : IDisposable
{
    private readonly Process _process;

    private ServedGrafana(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<ServedGrafana> StartAsync(Subject subject, int users, int latencyMilliseconds = 0)
    {
        var start = new ProcessStartInfo(subject.Demo, ["serve", "--port", "0", "--users", $"{users}", "--latency", $"{latencyMilliseconds}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{subject.Demo} did not start");
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the fake Grafana ended at once");
        var address = line.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd(',');
        return new(process, new Uri(address));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
