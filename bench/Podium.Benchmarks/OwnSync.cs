using System.Diagnostics;
using Baton.Testing.Grafana;

namespace Podium.Benchmarks;

/// <summary>The connector's own sync of as large a Grafana: what an upload took to make.</summary>
internal static class OwnSync
{
    /// <summary>Serves the Grafana until its standard input ends; it is a process of its own, so that its work is not counted as the connector's.</summary>
    public static async Task ServeAsync(int users, int organizations)
    {
        await using var grafana = await FakeGrafana.StartAsync();
        grafana.Populate(users, organizations, extraMemberships: 2);
        Console.WriteLine(grafana.BaseAddress);
        await Console.In.ReadToEndAsync();
    }

    public static async Task RunAsync(string connector, string folder, int users, int organizations)
    {
        var serve = Report.Self(["grafana", $"{users}", $"{organizations}"]);
        serve.RedirectStandardInput = true;
        using var grafana = Process.Start(serve)!;
        var address = await grafana.StandardOutput.ReadLineAsync();
        for (var run = 1; run <= Report.Runs; run++)
        {
            var path = Path.Combine(folder, "own.c1z");
            File.Delete(path);
            var start = new ProcessStartInfo(connector, ["--file", path, "--log-level", "error"]) { UseShellExecute = false };
            (start.Environment["BATON_HOSTNAME"], start.Environment["BATON_USERNAME"], start.Environment["BATON_PASSWORD"]) = (address, "admin", "admin");
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            Figures.Print($"own{run}", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"the connector ended with {process.ExitCode}");
            }
        }

        grafana.StandardInput.Close();
        await grafana.WaitForExitAsync();
    }
}
