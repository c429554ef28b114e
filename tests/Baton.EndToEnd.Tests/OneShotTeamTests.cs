using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>Grants and revocations in teams, one command each, with what a sync remembers of them.</summary>
public sealed class OneShotTeamTests
{
    [Fact]
    public async Task Grant_AdminAndRevoke_InAnotherOrganizationThanTheActiveOne()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var platform = grafana.AddOrganization("Platform");
        var ada = grafana.AddUser("ada");
        grafana.AddMember(platform, 1, GrafanaRole.Admin);
        grafana.AddMember(platform, ada, GrafanaRole.Viewer);
        var team = grafana.AddTeam(platform, "SRE");
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);
        string[] grant = ["--grant-entitlement", $"team:{team}:admin", "--grant-principal", $"{ada}", "--grant-principal-type", "user"];

        var would = (await workspace.SyncAsync([.. grant, "--dry-run"])).Succeeded();

        Assert.Empty(grafana.Requests.Writes);
        Assert.Equal(["POST", "PUT"], would.Result.GetProperty("requests").EnumerateArray().Select(request => request.Text("method")));

        var granted = (await workspace.SyncAsync([.. grant, "-p"])).Succeeded();

        Assert.Equal("done", granted.Result.Text("outcome"));
        Assert.StartsWith($"ada is an administrator of team {team} (SRE) of organization {platform} (Platform); read back at ", granted.Result.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(4, grafana.TeamMembers(team)[ada]);

        (await workspace.SyncAsync()).Succeeded();
        grafana.Requests.Clear();
        var revoked = (await workspace.SyncAsync("--revoke-grant", $"team:{team}:member:user:{ada}", "-p")).Succeeded();

        Assert.Equal("done", revoked.Result.Text("outcome"));
        Assert.Empty(grafana.TeamMembers(team));

        // The file says where the team is: it is looked for nowhere else.
        Assert.All(
            grafana.Requests.All.Where(request => request.Path.StartsWith("/api/teams/", StringComparison.Ordinal)),
            request => Assert.Equal($"{platform}", request.Headers["X-Grafana-Org-Id"]));
    }
}
