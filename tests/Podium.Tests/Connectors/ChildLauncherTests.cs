using System.Diagnostics;
using System.Globalization;
using Podium.Connectors.Hosted;

namespace Podium.Tests.Connectors;

public sealed class ChildLauncherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ParentIsKilled_TheConnectorIsToo()
    {
        var launcher = Path.Combine(AppContext.BaseDirectory, "podium");
        var start = new ProcessStartInfo("bash", ["-c", $"'{launcher}' {ChildLauncher.Word} $$ /usr/bin/sleep 600 & echo $!; wait"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var parent = Process.Start(start)!;
        var child = int.Parse((await parent.StandardOutput.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture);
        await WaitAsync(() => CommandOf(child).StartsWith("/usr/bin/sleep", StringComparison.Ordinal));

        parent.Kill();

        await WaitAsync(() => CommandOf(child).Length == 0);
    }

    // Empty of a process that is gone, or waits to be reaped.
    private static string CommandOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
