using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Teams;

/// <summary>A list of members that contradicts the team's own count, and members that nobody knows.</summary>
public sealed class TeamMembersTests
{
    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task ListGrants_TeamDeletedMeanwhile_IsNotFoundAndNotEmpty(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var (team, _, _) = TeamSyncerTests.AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var resource = Assert.Single(await connector.ListTeamsAsync());
        grafana.RemoveTeam(team);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.ListTeamGrantsAsync(resource));

        Assert.Equal((StatusCode.NotFound, $"team {team} (SRE) was deleted during the sync"), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task ListGrants_TeamDeletedMeanwhileAndSaidSo_IsNotFoundToo(int status)
    {
        await using var grafana = await TestConnector.StartAsync();
        var (team, _, _) = TeamSyncerTests.AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var resource = Assert.Single(await connector.ListTeamsAsync());
        grafana.RemoveTeam(team);
        grafana.Faults.On("GET", "^/api/teams/1/members").Respond(status);

        Assert.Equal(StatusCode.NotFound, (await FailsAsync(connector, resource)).Code);
    }

    [Fact]
    public async Task ListGrants_Forbidden_NamesTheAction()
    {
        await using var grafana = await TestConnector.StartAsync();
        TeamSyncerTests.AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/teams/1/members").Respond(403);

        var failure = await FailsAsync(connector, Assert.Single(await connector.ListTeamsAsync()));

        Assert.Equal(StatusCode.PermissionDenied, failure.Code);
        Assert.Contains("the credential needs teams.permissions:read (scope teams:*)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListGrants_MembersLeftMeanwhile_AreNotMissed()
    {
        await using var grafana = await TestConnector.StartAsync();
        var (team, ada, grace) = TeamSyncerTests.AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var resource = Assert.Single(await connector.ListTeamsAsync());
        grafana.RemoveTeamMember(team, ada);

        Assert.Equal([$"team:{team}:member:user:{grace}"], (await connector.ListTeamGrantsAsync(resource)).Select(grant => grant.Id));
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task ListGrants_EmptyThoughCounted_IsReadAgain()
    {
        await using var grafana = await TestConnector.StartAsync();
        TeamSyncerTests.AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/teams/1/members").Once().Respond(200, "[]");

        Assert.Equal(3, (await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync()))).Count);
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task ListGrants_AccountsOutOfScope_FailsAndNamesTheScope()
    {
        // D42: a token that may read teams but not accounts sees teams without members.
        await using var grafana = await TestConnector.StartAsync();
        TeamSyncerTests.AddTeamOfTwo(grafana);
        Resource team;
        await using (var wide = await TestConnector.ConnectAsync(grafana))
        {
            team = Assert.Single(await wide.ListTeamsAsync());
        }

        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), ("teams:read", "teams:*"), ("teams.permissions:read", "teams:*")]);
        await using var connector = TestConnector.Create(grafana, token);

        var failure = await FailsAsync(connector, team);

        Assert.Equal(StatusCode.PermissionDenied, failure.Code);
        Assert.Equal("Grafana counts 2 members of team 1 (SRE) and shows 0: the credential lacks the permission org.users:read (scope users:*)", failure.Message);
    }

    [Fact]
    public async Task ListGrants_RowsOfDeletedAccounts_AreWarnedOf()
    {
        // 6.5 counts them and does not show them (fx:237, 248).
        await using var grafana = await TestConnector.StartAsync("6.5");
        var (team, _, _) = TeamSyncerTests.AddTeamOfTwo(grafana);
        grafana.AddTeamMember(team, 9999);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.Equal(3, (await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync()))).Count);
        Assert.Equal(["Grafana counts 3 members of team 1 (SRE) and shows 2: the rest are what deleted accounts left behind"], connector.Sync.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListGrants_HiddenFromTheToken_IsWarnedOfOrAnError(bool fails)
    {
        // D43
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { HiddenUsers = ["ada", "grace"] });
        TeamSyncerTests.AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(
            grafana, grafana.AddServiceAccountToken(1), change: options => options with { FailOnHiddenUsers = fails });
        var team = Assert.Single(await connector.ListTeamsAsync());
        const string Said = "Grafana counts 2 members of team 1 (SRE) and shows 0: the rest are hidden from this token ([users] hidden_users), or what deleted accounts left behind";

        if (fails)
        {
            Assert.EndsWith("; unset --fail-on-hidden-users to sync without them", (await FailsAsync(connector, team)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(await connector.ListTeamGrantsAsync(team));
            Assert.Contains(Said, connector.Sync.Warnings);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListGrants_MembersOutsideTheOrganization_ShowToAnAdministratorOnly(bool byToken)
    {
        // D59; fx:238
        await using var grafana = await TestConnector.StartAsync("6.5");
        var (team, _, _) = TeamSyncerTests.AddTeamOfTwo(grafana);
        var outsider = grafana.AddUser("outsider");
        grafana.AddTeamMember(team, outsider);
        await using var connector = await TestConnector.ConnectAsync(grafana, byToken ? grafana.AddApiKey(1, GrafanaRole.Admin) : null);

        var grants = await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync()));

        Assert.Equal(!byToken, grants.Exists(grant => grant.Id == $"team:{team}:member:user:{outsider}"));
        Assert.Equal(
            byToken ? ["1 of the 3 members of team 1 (SRE) are not members of its organization; they are not shown"] : Array.Empty<string>(),
            connector.Sync.Warnings);
    }

    [Fact]
    public async Task Sync_TeamDeletedMeanwhile_IsSaidAndTheRestIsThere()
    {
        await using var grafana = await TestConnector.StartAsync();
        var (team, _, _) = TeamSyncerTests.AddTeamOfTwo(grafana);
        var other = grafana.AddTeam(1, "Data");
        grafana.AddTeamMember(other, 1);
        grafana.Faults.On("GET", $"^/api/teams/{team}/members").Once().Run(_ => grafana.RemoveTeam(team));
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System) == 0, sync.Error);

        Assert.Contains($"team {team} (SRE) was deleted during the sync", sync.Error, StringComparison.Ordinal);
        using var file = sync.Open();
        Assert.Equal(
            [$"team:{other}:member:user:1"],
            file.Read(file.Syncs.LatestFinished()!).Grants().Select(grant => grant.Id).Where(id => id.StartsWith("team:", StringComparison.Ordinal)));
    }

    private static Task<ConnectorException> FailsAsync(TestConnector connector, Resource team)
        => Assert.ThrowsAsync<ConnectorException>(() => connector.ListTeamGrantsAsync(team));
}
