using System.Diagnostics;
using System.Globalization;

namespace Baton.EndToEnd.Tests;

/// <summary>However the demo ends, nothing of it goes on: it starts a Grafana, Podium, and Podium a connector.</summary>
public sealed class DemoEndTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_OnATerminal_EndsByItself()
    {
        using var workspace = Make();
        using var demo = await StartOnTerminalAsync(workspace, "--once");
        var lines = new ProcessLines(demo.StandardOutput, Cancellation);

        await demo.WaitForExitAsync(Cancellation);

        var output = await lines.WholeAsync();
        Assert.True(demo.ExitCode == 0, output);
        Assert.Contains("Both count the same.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Ctrl-C", output, StringComparison.Ordinal);
        await AssertNothingGoesOnAsync(workspace);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Temporary));
    }

    [Fact]
    public async Task Serving_CtrlC_EndsEverythingAndRemovesIt()
    {
        using var workspace = Make();
        using var demo = await StartOnTerminalAsync(workspace);
        var lines = new ProcessLines(demo.StandardOutput, Cancellation);
        await lines.WaitForAsync(line => line.StartsWith("Ctrl-C ends everything", StringComparison.Ordinal), Cancellation);
        Assert.NotEmpty(ProcessesOf(workspace));
        Assert.Contains("Podium: https://127.0.0.1:", await lines.WaitForAsync(line => line.StartsWith("Podium: ", StringComparison.Ordinal), Cancellation), StringComparison.Ordinal);

        await demo.StandardInput.WriteAsync("\u0003".AsMemory(), Cancellation);
        await demo.StandardInput.FlushAsync(Cancellation);
        await demo.WaitForExitAsync(Cancellation);

        Assert.Equal(0, demo.ExitCode);
        await AssertNothingGoesOnAsync(workspace);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Temporary));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 130)]
    public async Task Syncing_Interrupted_EndsEverythingAndRemovesIt(string signal, int exitCode)
    {
        using var workspace = Make();
        using var demo = Start(workspace, "dotnet", Connector.Built("Baton.Demo", "baton-demo.dll"));
        await InterruptAsync(demo, signal);

        Assert.Equal(exitCode, demo.ExitCode);
        await AssertNothingGoesOnAsync(workspace);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Temporary));
    }

    [Fact]
    public async Task Syncing_Killed_LeavesNoProcess()
    {
        using var workspace = Make();
        using var demo = Start(workspace, "dotnet", Connector.Built("Baton.Demo", "baton-demo.dll"));

        await InterruptAsync(demo, "KILL");

        await AssertNothingGoesOnAsync(workspace);
    }

    /// <summary>The processes that know of a folder of the workspace: by their command line, their variables, or as where they work.</summary>
    internal static List<string> ProcessesOf(Workspace workspace)
    {
        List<string> found = [];
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
                var known = command + File.ReadAllText(Path.Combine(process, "environ")) + new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
                if (known.Contains(workspace.Root, StringComparison.Ordinal))
                {
                    found.Add($"{Path.GetFileName(process)} {command}");
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at, or is somebody else's.
            }
        }

        return found;
    }

    private static Workspace Make()
    {
        var workspace = new Workspace();
        workspace.Variables["TMPDIR"] = workspace.Temporary;
        return workspace;
    }

    // When the first sync is there, all of it runs: the Grafana, Podium, and Podium's connector.
    private static async Task InterruptAsync(Process demo, string signal)
    {
        var lines = new ProcessLines(demo.StandardOutput, Cancellation);
        await lines.WaitForAsync(line => line.Contains("first sync: ", StringComparison.Ordinal), Cancellation);
        using var kill = Process.Start("kill", [$"-{signal}", $"{demo.Id}"]);
        await kill.WaitForExitAsync(Cancellation);
        await demo.WaitForExitAsync(Cancellation);
    }

    // The kernel kills children after their parent is gone, and not at the same moment.
    private static async Task AssertNothingGoesOnAsync(Workspace workspace)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (ProcessesOf(workspace) is { Count: > 0 } left)
        {
            Assert.False(patience.IsCancellationRequested, string.Join('\n', left));
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private static async Task<Process> StartOnTerminalAsync(Workspace workspace, params string[] arguments)
    {
        try
        {
            using var probe = Start(workspace, "script", "-qec", "test -t 0", "/dev/null");
            await probe.WaitForExitAsync(Cancellation);
            Assert.SkipUnless(probe.ExitCode == 0, "script makes no pseudo-terminal here");
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            Assert.Skip($"script, which makes pseudo-terminals, is not there: {absent.Message}");
        }

        var words = string.Join(' ', new[] { "dotnet", Connector.Built("Baton.Demo", "baton-demo.dll") }.Concat(arguments).Select(word => $"'{word}'"));
        return Start(workspace, "script", "-qec", $"exec {words}", "/dev/null");
    }

    private static Process Start(Workspace workspace, params string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = workspace.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        workspace.Apply(start.Environment);
        return Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start");
    }
}
