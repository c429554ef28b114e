namespace Baton.Grafana.Tests.Roles;

/// <summary>What a team holds, its people have: whole syncs of an Enterprise instance, expanded by the engine.</summary>
public sealed class NestedAccessTests
{
    [Theory]
    [InlineData("irm-oncall", false)]
    [InlineData("all", false)]
    [InlineData("irm-oncall", true)]
    public async Task Sync_RoleOfATeam_IsThePeoples(string scope, bool byToken)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var (sre, data) = (rig.Grafana.AddTeam(1, "SRE"), rig.Grafana.AddTeam(rig.Platform, "Data"));
        rig.Grafana.AddTeamMember(sre, rig.Ada, permission: 4);
        rig.Grafana.AddTeamMember(sre, rig.Grace);
        rig.Grafana.AddTeamMember(data, rig.Ada);
        rig.Grafana.AssignRoleToTeam(sre, "irm");
        rig.Grafana.AssignRoleToTeam(data, "irm");
        rig.Grafana.AssignRoleToTeam(data, "oncall");
        using var sync = new InProcessSync();

        var exitCode = byToken
            ? await sync.RunAsync(
                TimeProvider.System,
                ["--hostname", rig.Grafana.BaseAddress.ToString(), "--api-token", rig.Grafana.AddServiceAccountToken(1), "--file", sync.File, "--role-scope", scope])
            : await sync.RunAsync(rig.Grafana.BaseAddress, TimeProvider.System, "--role-scope", scope);
        Assert.True(exitCode == 0, sync.Error);

        var (irm, oncall) = ($"role:{EnterpriseRig.Irm}:assigned", $"role:{EnterpriseRig.OnCall}:assigned");
        var (ofSre, ofData) = ($"team:{sre}:member", $"team:{data}:member");
        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{irm}:team:{sre}"] = "",
            [$"{irm}:user:{rig.Ada}"] = byToken ? ofSre : $"{ofSre} {ofData}",
            [$"{irm}:user:{rig.Grace}"] = ofSre,
        };
        if (!byToken)
        {
            expected[$"{irm}:team:{data}"] = "";
            expected[$"{oncall}:team:{data}"] = "";
            expected[$"{oncall}:user:{rig.Ada}"] = ofData;
        }

        Assert.Equal(expected.OrderBy(one => one.Key, StringComparer.Ordinal), Roles(sync).OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("user,team")]
    [InlineData("user,role")]
    public async Task Sync_OneOfThemIsNotSelected_HasNoGrantToIt(string types)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.AddTeamMember(rig.Grafana.AddTeam(1, "SRE"), rig.Ada);
        rig.Grafana.AssignRoleToTeam(1, "irm");
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(rig.Grafana.BaseAddress, TimeProvider.System, "--sync-resource-types", types) == 0, sync.Error);

        Assert.Empty(Roles(sync));
        Assert.DoesNotContain(rig.Grafana.Requests.Lines, line => line.Contains("/teams/roles/search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_FiveHundredTeams_AskForTheirRolesOnce()
    {
        // D47
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Populate(users: 20, teams: 500, teamSize: 1);
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(rig.Grafana.BaseAddress, TimeProvider.System, "--sync-resource-types", "user,team,role") == 0, sync.Error);

        Assert.Single(rig.Grafana.Requests.Lines, line => line.Contains("/api/access-control/teams/roles/search", StringComparison.Ordinal));
    }

    /// <summary>Every grant of a role, with the entitlements that it comes through.</summary>
    private static Dictionary<string, string> Roles(InProcessSync sync)
    {
        using var file = sync.Open();
        return file.Read(file.Syncs.LatestFinished()!).Grants()
            .Where(grant => grant.Entitlement.Resource.Id.ResourceType == "role")
            .ToDictionary(grant => grant.Id, grant => string.Join(' ', grant.Sources?.Sources.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()), StringComparer.Ordinal);
    }
}
