using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Permissions;

/// <summary>What every Grafana of a version has and this one says it has not: its absence tells nothing.</summary>
public sealed class AbsenceTests
{
    [Theory]
    [InlineData("^/api/access-control/user/permissions", "", "/api/access-control/user/permissions")]
    [InlineData("^/api/teams/search", "", "/api/teams/search")]
    [InlineData("^/api/teams/1/members", "", "/api/teams/1/members")]
    [InlineData("^/api/serviceaccounts/search", "", "/api/serviceaccounts/search")]
    [InlineData("^/api/org/users/search", "token", "/api/org/users/search")]
    [InlineData("^/api/access-control/user/permissions", "token", "/api/access-control/user/permissions")]
    public async Task Sync_PathThatTheVersionHas_404_IsAnErrorThatNamesIt(string path, string credential, string named)
    {
        foreach (var isPage in new[] { false, true })
        {
            var (grafana, token) = await DemoGrafana.StartAsync(
                new FakeGrafanaOptions { Version = Testing.Grafana.GrafanaVersion.Parse("11.3"), AdminPassword = TestConnector.Password }, TestContext.Current.CancellationToken);
            await using var instance = grafana;
            using var sync = new Strangers.RepeatedSync(grafana.BaseAddress, credential == "token" ? token : null);
            Assert.Equal(0, await sync.RunAsync());
            var before = sync.Grants();
            _ = isPage ? grafana.Faults.On("GET", path).HtmlPage(404) : grafana.Faults.On("GET", path).Respond(404, """{"message":"Not found"}""");

            Assert.Equal((int)StatusCode.FailedPrecondition, await sync.RunAsync());

            Assert.Contains(named, sync.Error, StringComparison.Ordinal);
            Assert.Contains("whether a gateway blocks the path", sync.Error, StringComparison.Ordinal);
            Assert.Equal(before.Order(StringComparer.Ordinal), sync.Grants().Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("^/api/orgs/2$", "^/api/orgs/2/users")]
    public async Task Sync_OrganizationThatIsListedAndSaidToBeGone_IsNotTakenForDeleted(string organization, string members)
    {
        await using var grafana = await TestConnector.StartAsync();
        var customer = grafana.AddOrganization("Customer");
        grafana.AddMember(customer, grafana.AddUser("ada"), GrafanaRole.Viewer);
        using var sync = new Strangers.RepeatedSync(grafana.BaseAddress);
        Assert.Equal(0, await sync.RunAsync());
        grafana.Faults.On("GET", organization).Respond(404, """{"message":"Organization not found"}""");
        grafana.Faults.On("GET", members).Respond(200, "[]");

        Assert.Equal((int)StatusCode.Aborted, await sync.RunAsync());

        Assert.Contains("Grafana contradicts itself: it knows no organization 2 (Customer) (/api/orgs/2), but lists it (/api/orgs)", sync.Error, StringComparison.Ordinal);
        Assert.Contains($"org:{customer}:Viewer:user:2", sync.Grants());
    }
}
