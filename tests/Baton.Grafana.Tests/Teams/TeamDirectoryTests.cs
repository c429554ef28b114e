using System.Globalization;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Requests;
using Grpc.Core;

namespace Baton.Grafana.Tests.Teams;

/// <summary>The teams of every organization, all of them or an error.</summary>
public sealed class TeamDirectoryTests
{
    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task List_WhicheverOrganizationIsTheActiveOne_IsTheTeamsOfAll(string version)
    {
        // D40, D41
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = AddOrganization(grafana, "Platform");
        AddOrganization(grafana, "Without teams");
        var (one, other) = (grafana.AddTeam(1, "SRE"), grafana.AddTeam(platform, "SRE"));
        foreach (var active in new[] { 1, platform })
        {
            grafana.SetActiveOrganization(1, active);
            await using var connector = await TestConnector.ConnectAsync(grafana);

            var teams = await connector.ListTeamsAsync();

            Assert.Equal(
                [(one, "1"), (other, $"{platform}")],
                teams.Select(team => (long.Parse(team.Id.Resource, CultureInfo.InvariantCulture), team.Profile.Fields["org_id"].StringValue)));
            Assert.Empty(connector.Sync.Warnings);
        }
    }

    [Fact]
    public async Task List_ManyOrganizations_AsksForSomeAtOnce()
    {
        // D47
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 5, organizations: 40, teams: 1, teamSize: 1);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var together = new CountdownEvent(8);
        grafana.Faults.On("GET", "^/api/teams/search").Between(1, 8).RunAsync((_, cancelled) =>
        {
            together.Signal();
            return Task.Run(() => together.Wait(cancelled), cancelled);
        });

        Assert.Equal(Enumerable.Range(1, 40), (await connector.ListTeamsAsync()).Select(team => int.Parse(team.Profile.Fields["org_id"].StringValue, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("6.5", 3)]
    [InlineData("11.3", 3)]
    [InlineData("12.1", 3)]
    public async Task List_ManyTeams_GoesOverThePages(string version, int pages)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.Populate(users: 2, teams: 2500, teamSize: 1);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.Equal(2500, (await connector.ListTeamsAsync()).Select(team => team.Id.Resource).Distinct().Count());

        Assert.Equal(pages, grafana.Requests.Lines.Count(line => line.StartsWith("GET /api/teams/search", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData(null)]
    public async Task List_CountIsOfAllOrganizations_IsNotLoopedOn(string? announced)
    {
        // The count of 6.5 is that of all organizations together (fx:222, 228); a server that hides its version may be such a one.
        await using var grafana = await TestConnector.StartAsync("6.5", new FakeGrafanaOptions { AnnouncedVersion = announced ?? "unknown" });
        var platform = AddOrganization(grafana, "Platform");
        grafana.AddTeam(1, "SRE");
        grafana.AddTeam(platform, "SRE");
        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.Equal(2, (await connector.ListTeamsAsync()).Count);

        Assert.Equal(4, grafana.Requests.Lines.Count(line => line.StartsWith("GET /api/teams/search", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_UncountedPagesDiffer_AreReadUntilTwoWalksAgree()
    {
        // A team moved to a page already read is missed by the first walk, and the count of 6.5 does not tell.
        await using var grafana = await TestConnector.StartAsync("6.5");
        grafana.Populate(users: 2, teams: 1500, teamSize: 1);
        grafana.AddTeam(AddOrganization(grafana, "Other"), "Other");
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On(request => IsSearchIn(request, 1) && request.Path.EndsWith("page=2", StringComparison.Ordinal)).Once().Respond(
            200, """{"totalCount":1501,"teams":[{"id":1500,"orgId":1,"name":"Team 1500"}],"page":2,"perPage":1000}""");

        Assert.Equal(1501, (await connector.ListTeamsAsync()).Count);
    }

    [Theory]
    [InlineData("11.3", "0 were listed of 1")]
    [InlineData("6.5", "each walk over its pages found others")]
    public async Task List_DoesNotAddUp_IsAnError(string version, string difference)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var number = 0;
        if (version == "6.5")
        {
            // Never twice the same.
            grafana.Faults.On("GET", "^/api/teams/search.*page=1$").Run(_ => grafana.AddTeam(1, $"{number++}"));
            grafana.Populate(users: 2, teams: 1000, teamSize: 1);
            grafana.AddTeam(AddOrganization(grafana, "Other"), "Other");
        }
        else
        {
            grafana.Faults.On("GET", "^/api/teams/search").Respond(200, """{"totalCount":1,"teams":[],"page":1,"perPage":1000}""");
        }

        var failure = await connector.ListTeamsFailsAsync();

        Assert.Equal(StatusCode.Aborted, failure.Code);
        Assert.Contains($"Grafana's list of teams of organization 1 (Main Org.) does not add up: {difference}, 3 times over", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_TeamsOfAnotherOrganization_IsAnError()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/teams/search").Respond(200, """{"totalCount":1,"teams":[{"id":4,"orgId":9}],"page":1,"perPage":1000}""");

        var failure = await connector.ListTeamsFailsAsync();

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains("answers with one of organization 9; does a gateway drop the header X-Grafana-Org-Id?", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", StatusCode.Aborted)]
    [InlineData("11.3", StatusCode.PermissionDenied)]
    public async Task List_RemovedFromTheOrganizationMeanwhile_IsAnErrorAndNotAnEmptyList(string version, StatusCode code)
    {
        // D41: to an outsider 6.5 shows an organization without teams (fx:395).
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = AddOrganization(grafana, "Platform");
        grafana.AddTeam(platform, "SRE");
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On(request => IsSearchIn(request, platform)).Once().Run(_ => grafana.RemoveMember(platform, 1));

        Assert.Equal(code, (await connector.ListTeamsFailsAsync()).Code);
    }

    [Theory]
    [InlineData("6.5", false)]
    [InlineData("11.3", false)]
    [InlineData("6.5", true)]
    [InlineData("11.3", true)]
    public async Task Sync_OrganizationWithoutTheAccount_IsSaidOrAnErrorAndNeverEmpty(string version, bool fails)
    {
        // D41, E8.8
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = grafana.AddOrganization("Platform");
        grafana.AddMember(platform, grafana.AddUser("boss"), GrafanaRole.Admin);
        grafana.AddTeam(1, "SRE");
        grafana.AddTeam(platform, "SRE");
        using var sync = new InProcessSync();

        string[] selection = ["--sync-resource-types", "user,org,team"];
        var exitCode = await sync.RunAsync(grafana.BaseAddress, TimeProvider.System, fails ? [.. selection, "--fail-on-unreachable-organizations"] : selection);

        Assert.Equal(fails ? 7 : 0, exitCode);
        Assert.Contains("the teams of organization 2 (Platform) cannot be read: the account is not a member", sync.Error, StringComparison.Ordinal);
        Assert.Equal(!fails, File.Exists(sync.File));
    }

    [Theory]
    [InlineData("teams:read", "teams:id:1", "holds teams:read for teams:id:1 only; it needs the scope teams:*")]
    [InlineData("teams.permissions:read", "teams:id:1", "holds teams.permissions:read for teams:id:1 only; it needs the scope teams:*")]
    [InlineData("teams.permissions:read", null, "lacks the permission teams.permissions:read (scope teams:*)")]
    [InlineData("teams:read", null, "lacks the permission teams:read (scope teams:*)")]
    public async Task Sync_NarrowToken_FailsWithTheMissingScope(string action, string? scope, string reason)
    {
        // D42, E8.9
        await using var grafana = await TestConnector.StartAsync();
        grafana.AddTeam(1, "SRE");
        grafana.AddTeam(1, "Data");
        var permissions = new List<(string, string)> { ("org.users:read", "users:*"), ("teams:read", "teams:*"), ("teams.permissions:read", "teams:*") };
        permissions.RemoveAll(permission => permission.Item1 == action);
        if (scope is not null)
        {
            permissions.Add((action, scope));
        }

        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), .. permissions]);
        using var sync = new InProcessSync();

        Assert.Equal(7, await sync.RunAsync(TimeProvider.System, ["--hostname", $"{grafana.BaseAddress}", "--api-token", token, "--file", sync.File, "--sync-resource-types", "org,user,team"]));

        Assert.Contains(reason, sync.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(sync.File));
    }

    [Fact]
    public async Task Sync_NarrowTokenWithoutTeams_IsGood()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.AddTeam(1, "SRE");
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), ("org.users:read", "users:*")]);
        using var sync = new InProcessSync();

        Assert.True(
            await sync.RunAsync(TimeProvider.System, ["--hostname", $"{grafana.BaseAddress}", "--api-token", token, "--file", sync.File, "--sync-resource-types", "user,org"]) == 0,
            sync.Error);
    }

    [Fact]
    public async Task List_OldTokenThatIsNoAdmins_IsRefusedAndNotShownAsNoTeams()
    {
        // With editors_can_admin, 6.5 shows whoever is no Admin his own teams only, and nothing tells a token's role.
        await using var grafana = await TestConnector.StartAsync("6.5", new FakeGrafanaOptions { EditorsCanAdmin = true });
        grafana.AddTeam(1, "SRE");
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddApiKey(1, GrafanaRole.Editor));

        Assert.Equal(StatusCode.PermissionDenied, (await connector.ListTeamsFailsAsync()).Code);
    }

    [Theory]
    [InlineData("6.5", false)]
    [InlineData("9.4", false)]
    [InlineData("11.3", false)]
    [InlineData("12.1", false)]
    [InlineData("6.5", true)]
    [InlineData("9.4", true)]
    [InlineData("11.3", true)]
    [InlineData("12.1", true)]
    public async Task Sync_OpenSourceGrafana_HasNoWarningAndUpstreamsIds(string version, bool byToken)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = AddOrganization(grafana, "Platform");
        var (team, ada, grace) = TeamSyncerTests.AddTeamOfTwo(grafana);
        var other = grafana.AddTeam(platform, "SRE");
        grafana.AddTeamMember(other, 1);
        using var sync = new InProcessSync();

        var exitCode = byToken
            ? await sync.RunAsync(TimeProvider.System, ["--hostname", $"{grafana.BaseAddress}", "--api-token", Token(grafana, version), "--file", sync.File])
            : await sync.RunAsync(grafana.BaseAddress, TimeProvider.System);

        Assert.True(exitCode == 0, sync.Error);
        Assert.DoesNotContain("warn", sync.Error, StringComparison.OrdinalIgnoreCase);
        using var file = sync.Open();
        var rows = file.Read(file.Syncs.LatestFinished()!);
        string[] otherEntitlements = byToken ? [] : [$"team:{other}:admin", $"team:{other}:member"];
        string[] otherGrants = byToken ? [] : [$"team:{other}:member:user:1"];
        Assert.Equal(
            [$"team:{team}:admin", $"team:{team}:member", .. otherEntitlements],
            rows.Entitlements().Select(entitlement => entitlement.Id).Where(id => id.StartsWith("team:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            [$"team:{team}:admin:user:{ada}", $"team:{team}:member:user:{ada}", $"team:{team}:member:user:{grace}", .. otherGrants],
            rows.Grants().Select(grant => grant.Id).Where(id => id.StartsWith("team:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sync_ManyTeams_AsksForSomeAtOnceAndOnceEach()
    {
        // D47
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 50, teams: 500, teamSize: 3);
        var together = new CountdownEvent(8);
        grafana.Faults.On("GET", "^/api/teams/[0-9]+/members").Between(1, 8).RunAsync((_, cancelled) =>
        {
            together.Signal();
            return Task.Run(() => together.Wait(cancelled), cancelled);
        });
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System) == 0, sync.Error);

        Assert.Equal(501, grafana.Requests.Lines.Count(line => line.StartsWith("GET /api/teams/", StringComparison.Ordinal)));
        using var file = sync.Open();
        var rows = file.Read(file.Syncs.LatestFinished()!);
        Assert.Equal((500, 1500), (rows.CountResources("team"), rows.Grants().Count(grant => grant.Entitlement.Resource.Id.ResourceType == "team")));
    }

    // Organizations are asked side by side: which request comes first is chance.
    private static bool IsSearchIn(GrafanaRequest request, long organization)
        => request.Path.StartsWith("/api/teams/search", StringComparison.Ordinal) && request.Headers["X-Grafana-Org-Id"] == $"{organization}";

    private static long AddOrganization(FakeGrafana grafana, string name)
    {
        var organization = grafana.AddOrganization(name);
        grafana.AddMember(organization, 1, GrafanaRole.Admin);
        return organization;
    }

    private static string Token(FakeGrafana grafana, string version)
        => version == "6.5" ? grafana.AddApiKey(1, GrafanaRole.Admin) : grafana.AddServiceAccountToken(1);
}
