using System.Net;
using System.Net.Sockets;
using Baton.C1z.Reading;

namespace Baton.EndToEnd.Tests;

/// <summary>What somebody runs first.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_RunsToItsEndAndLeavesAFile()
    {
        using var workspace = new Workspace();
        workspace.Variables["TMPDIR"] = workspace.Temporary;

        // Its standard input is no terminal, so that it ends by itself.
        await using var demo = Connector.StartAny(workspace, "dotnet", Connector.Built("Baton.Demo", "baton-demo.dll"));
        var ended = await demo.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);
        Assert.Matches(@"accounts +17 +17\nentitlements +19 +19\ngrants +30 +30\nBoth count the same\.", ended.Output);
        Assert.Contains("+ Linus Torvalds: Main Org. Editor", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["17", "18", "17"], ended.Output.Split('\n').Where(line => line.StartsWith("  as of ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^2]));
        Assert.Contains("sign in as ada@example.com", ended.Output, StringComparison.Ordinal);
        Assert.Empty(DemoEndTests.ProcessesOf(workspace));
        Assert.Contains("baton grants --file demo.c1z", ended.Output, StringComparison.Ordinal);
        Assert.Contains("katherine@example.com", ended.Output, StringComparison.Ordinal);
        File.Move(Path.Combine(workspace.Folder, "demo.c1z"), workspace.File);
        Assert.Equal((12L, 3L, 3L), workspace.Read(rows => (rows.CountResources("user"), rows.CountResources("org"), rows.CountResources("team"))));
        Assert.Contains("team:1:admin:user:2", workspace.Read(rows => rows.Grants().Select(grant => grant.Id).ToList()));
        Assert.Equal(["hedy@example.com"], workspace.Read(rows => rows.Resources(new ListFilter { ResourceTypeId = "invitation" }).Select(invitation => invitation.DisplayName).ToList()));
        Assert.Equal(
            ["instance:grafana:server-admin:user:1", "instance:grafana:server-admin:user:11"],
            workspace.Read(rows => rows.Grants().Select(grant => grant.Id).Where(id => id.StartsWith("instance:", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList()));
        Assert.DoesNotContain("Warning", ended.Output + ended.Error, StringComparison.Ordinal);
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Serve_PortInUse_EndsWithOneLine()
    {
        using var workspace = new Workspace();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var ended = await ServeAsync(workspace, "--port", $"{port}");

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Equal($"cannot listen on port {port}: it is in use; choose another one with --port, or 0 for any free one", ended.Error.TrimEnd());
    }

    [Theory]
    [InlineData("--port", "70000", "invalid port: 70000 (valid: 0 to 65535)")]
    [InlineData("--latency", "-1", "invalid latency: -1 (valid: 0 to 60000 milliseconds)")]
    [InlineData("--release", "new", "invalid release: new (valid: a number such as 6.5 or 12.1)")]
    public async Task Serve_AskedWrongly_SaysWhatIsRight(string flag, string value, string text)
    {
        using var workspace = new Workspace();

        var ended = await ServeAsync(workspace, flag, value);

        Assert.Equal((2, "", text), (ended.ExitCode, ended.Output, ended.Error.TrimEnd()));
    }

    private static async Task<Ended> ServeAsync(Workspace workspace, params string[] arguments)
    {
        await using var demo = Connector.StartAny(workspace, ["dotnet", Connector.Built("Baton.Demo", "baton-demo.dll"), "serve", .. arguments]);
        return await demo.EndAsync();
    }
}
