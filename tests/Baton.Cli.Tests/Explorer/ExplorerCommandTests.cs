using System.Net;
using System.Net.Sockets;
using Baton.C1z.Syncs;
using Baton.Cli.Explorer;
using Baton.Cli.Output;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Explorer;

public sealed class ExplorerCommandTests
{
    [Fact]
    public async Task Explorer_Fixture_CountsWhatTheListingsList()
    {
        foreach (var name in Fixtures.All)
        {
            await using var explorer = await ExplorerRun.StartAsync(Fixtures.PathOf(name));
            var totals = (await explorer.Get("overview"))["totals"]!;
            var listings = Fixtures.Listings(name);
            Assert.Equal(listings["grants"]!["grants"]!.AsArray().Count, (int?)totals["grants"]);
            Assert.Equal(listings["entitlements"]!["entitlements"]!.AsArray().Count, (int?)totals["roles"]);
        }
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    [InlineData("example.com")]
    public async Task Host_NotLoopback_IsRefused(string host)
    {
        var error = (await Cli.Run("explorer", "-f", Fixtures.PathOf(Fixtures.Grafana), "--host", host)).ExitsWith(BatonExitCode.Usage);

        Assert.StartsWith($"Error: --host \"{host}\" is not an address of this machine alone", error);
    }

    [Fact]
    public async Task Port_Taken_IsOneClearLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var place = (IPEndPoint)taken.LocalEndpoint;

        var error = (await Cli.Run("explorer", "-f", Fixtures.PathOf(Fixtures.Grafana), "--port", $"{place.Port}")).ExitsWith(BatonExitCode.Failed);

        Assert.Equal($"Error: {place} is in use by another program; give another --port, or none to have a free one chosen", error);
    }

    [Theory]
    [InlineData("--port", "65536", 2, "--port 65536 is not from 0 to 65535")]
    [InlineData("--dormant-days", "-1", 2, "--dormant-days must be a number of days from 0 to 36500")]
    [InlineData("--resource-type", "nosuch", 2, "this sync has no resource type \"nosuch\"; it has ")]
    [InlineData("--output-format", "csv", 2, "as text, or as json")]
    [InlineData("--since", "nowhere.c1z", 3, "nowhere.c1z does not exist")]
    [InlineData("--sync-id", "nosuch", 4, "holds no sync \"nosuch\"")]
    public async Task Flag_Wrong_IsOneClearLine(string flag, string value, int code, string message)
    {
        var error = (await Cli.Run("explorer", "-f", Fixtures.PathOf(Fixtures.Grafana), flag, value)).ExitsWith((BatonExitCode)code);

        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Open_BothWays_IsRefused()
    {
        var error = (await Cli.Run("explorer", "-f", Fixtures.PathOf(Fixtures.Grafana), "--open", "--no-open")).ExitsWith(BatonExitCode.Usage);

        Assert.Contains("exclude each other", error);
    }

    [Fact]
    public async Task File_Missing_IsOneClearLine()
    {
        Assert.Contains("nowhere.c1z", (await Cli.Run("explorer", "-f", "nowhere.c1z")).ExitsWith(BatonExitCode.BadFile));
    }

    [Fact]
    public async Task Sync_Unfinished_WarnsOnThePageAndInTheTerminal()
    {
        using var file = TemporaryFile.WithoutSyncs();
        file.AddSync(SyncType.Full, sync => sync.Put([TemporaryFile.User("1")]), finish: false);
        await using var explorer = await ExplorerRun.StartAsync(file.Path, "--allow-unfinished");

        Assert.Contains("is unfinished", (string?)(await explorer.Get("overview"))["warnings"]![0]);
        Assert.Contains("is unfinished", explorer.Error);
    }

    [Fact]
    public async Task ResourceType_Given_IsWhereThePageBegins()
    {
        await using var explorer = await ExplorerRun.StartAsync(Fixtures.PathOf(Fixtures.Grafana), "-t", "org");

        Assert.Equal("org", (string?)(await explorer.Get("overview"))["startType"]);
    }

    [Theory]
    [InlineData(true, "DISPLAY", true)]
    [InlineData(true, "WAYLAND_DISPLAY", true)]
    [InlineData(true, "DISPLAY,SSH_CONNECTION", false)]
    [InlineData(true, "DISPLAY,CI", false)]
    [InlineData(false, "DISPLAY", false)]
    public void Browser_Opens_OnlyInFrontOfSomebody(bool isTerminal, string variables, bool expected)
    {
        var terminal = isTerminal ? new Terminal(80, Colours: true) : null;

        Assert.Equal(expected, BrowserWindow.IsSensible(terminal, name => variables.Split(',').Contains(name) ? "1" : null));
    }
}

file static class CliResultExtensions
{
    /// <summary>One line, nothing printed, and the exit code.</summary>
    public static string ExitsWith(this CliResult result, BatonExitCode code)
    {
        Assert.Equal((int)code, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("Error: ", result.Error);
        Assert.Single(result.Error, character => character == '\n');
        return result.Error.TrimEnd('\n');
    }
}
