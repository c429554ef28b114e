using Baton.C1z.Reading;

namespace Baton.EndToEnd.Tests;

/// <summary>What somebody runs first.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_RunsToItsEndAndLeavesAFile()
    {
        using var workspace = new Workspace();

        await using var demo = Connector.StartAny(workspace, "dotnet", Connector.Built("Baton.Demo", "baton-demo.dll"));
        var ended = await demo.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);
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
}
