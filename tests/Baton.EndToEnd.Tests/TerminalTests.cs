using System.Diagnostics;
using System.Text.RegularExpressions;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>What a person sees, on a pseudo-terminal.</summary>
public sealed partial class TerminalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sync_OnATerminal_ShowsProgressAndASummary()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Populate(users: 1234, organizations: 3);
        using var workspace = new Workspace(grafana);

        await using var connector = await StartAsync(workspace, "--file", workspace.File);
        var ended = await connector.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.DoesNotContain("{\"level\"", ended.Output, StringComparison.Ordinal);
        Assert.Contains("| connecting", ended.Output, StringComparison.Ordinal);
        var screen = Screen(ended.Output);
        Assert.Contains(screen, line => Summary().IsMatch(line));
        Assert.Contains(screen, line => Row("user", "1,234").IsMatch(line));
        Assert.Contains(screen, line => Row("org", "3").IsMatch(line));
        Assert.Contains(screen, line => Row("entitlements", "13").IsMatch(line));
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Sync_OnATerminalWithWarnings_CountsThem()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.AddOrganization("Empty");
        using var workspace = new Workspace(grafana);

        await using var connector = await StartAsync(workspace, "--file", workspace.File, "--sync-resource-types", "user,org");
        var screen = Screen((await connector.EndAsync()).Output);

        Assert.Contains(screen, line => line.StartsWith("Warning: organization 2 (Empty) has no members", StringComparison.Ordinal));
        Assert.Contains("1 warning, above", screen);
    }

    [Fact]
    public async Task Sync_OnATerminalThatFails_SaysOneLine()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_PASSWORD"] = "wrong" } };

        await using var connector = await StartAsync(workspace, "--file", workspace.File);
        var ended = await connector.EndAsync();

        Assert.Equal(16, ended.ExitCode);
        Assert.Contains("check the username and password", Assert.Single(Screen(ended.Output)), StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_OnATerminal_CtrlCEndsIt()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var arrived = new TaskCompletionSource();
        grafana.Faults.On("GET", "^/api/user$").Run(_ => arrived.SetResult());
        grafana.Faults.On("GET", "^/api/user$").Hang();
        await using var connector = await StartAsync(workspace, "--file", workspace.File);
        await arrived.Task.WaitAsync(Cancellation);

        connector.Type("\u0003");
        var ended = await connector.EndAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.EndsWith("interrupted", Screen(ended.Output)[^1], StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_OnATerminalWithALogLevel_ShowsTheLog()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        await using var connector = await StartAsync(workspace, "--file", workspace.File, "--log-level", "info");
        var ended = await connector.EndAsync();

        Assert.Contains("\tINFO\t", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Synced to", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneShot_OnATerminal_IsText()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = grafana.AddUser("ada");
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);
        string[] grant = ["--file", workspace.File, "--grant-entitlement", "org:1:Editor", "--grant-principal", $"{ada}", "--grant-principal-type", "user"];

        await using (var dry = await StartAsync(workspace, [.. grant, "--dry-run"]))
        {
            var screen = Screen((await dry.EndAsync()).Output);
            Assert.Contains("Dry run of grant: nothing was changed.", screen[0], StringComparison.Ordinal);
            Assert.Contains($"  PATCH /api/orgs/1/users/{ada} {{\"role\":\"Editor\"}}", screen);
            Assert.Empty(grafana.Requests.Writes);
        }

        await using var connector = await StartAsync(workspace, [.. grant, "-p"]);
        var ended = await connector.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.Contains("ada is Editor of organization 1 (Main Org.) (was Viewer)", Assert.Single(Screen(ended.Output)), StringComparison.Ordinal);
    }

    private static async Task<Connector> StartAsync(Workspace workspace, params string[] arguments)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("script", ["-qec", "test -t 2", "/dev/null"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
            await probe.WaitForExitAsync(Cancellation);
            Assert.SkipUnless(probe.ExitCode == 0, "script makes no pseudo-terminal here");
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            Assert.Skip($"script, which makes pseudo-terminals, is not there: {absent.Message}");
        }

        var words = string.Join(' ', Connector.Command.Concat(arguments).Select(word => $"'{word}'"));
        // A shell that stays in between would get Ctrl-C too, and its end by it would hide the connector's exit code.
        return Connector.StartAny(workspace, "script", "-qec", $"exec {words}", "/dev/null");
    }

    /// <summary>What stays on the screen: of each line only what was written after it was last begun anew.</summary>
    private static List<string> Screen(string output)
        => [.. output.Split('\n').Select(line => line.TrimEnd('\r').Split('\r')[^1].TrimEnd()).Where(line => line.Length > 0)];

    private static Regex Row(string name, string count) => new($@"^  {name} +{count}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"^Synced to \S+sync\.c1z in \d+\.\d s \(\d+ KiB\)$")]
    private static partial Regex Summary();
}
