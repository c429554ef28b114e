using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>What is read back too early, from a replica or a cache, is read again before anybody is blamed.</summary>
public sealed class StaleReadBackTests
{
    [Theory]
    [InlineData(Access.Administrator, "^/api/users/[0-9]+/orgs", """[{"orgId":2,"name":"platform team","role":"Viewer"}]""")]
    [InlineData(Access.Token, "^/api/org/users", """{"totalCount":2,"orgUsers":[{"orgId":2,"userId":3,"login":"ada","role":"Viewer"}],"page":1,"perPage":1000}""")]
    public async Task Grant_ReadBackIsAMomentBehind_IsAskedAgainAndDone(Access access, string path, string stale)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("GET", path).Nth(2).Respond(200, stale);

        var outcome = await rig.GrantAsync("Editor");

        Assert.StartsWith("ada is Editor of organization 2 (platform team) (was Viewer)", outcome.Summary, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Requests.Writes);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(rig.Time.Waits));
    }

    [Fact]
    public async Task Grant_NeverTakesEffect_IsSaidAfterThreeLooks()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "^/api/orgs").Respond(200, """{"message":"Organization user updated"}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.GrantAsync("Editor"));

        Assert.Contains("somebody or an identity provider changes it at the same time", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, rig.Time.Waits.Count);
    }

    [Fact]
    public async Task Requests_ThatRead_AskForNothingThatACacheKept()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);

        await rig.GrantAsync("Editor");

        Assert.All(rig.Grafana.Requests.All.Where(request => request.Method == "GET"), request => Assert.Equal("no-cache", request.Headers["Cache-Control"]));
    }
}
