using System.Globalization;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Organizations;

/// <summary>A server with an organization for each of a thousand customers, all made by the account that the connector signs in with.</summary>
public sealed class ManyOrganizationsTests
{
    [Fact]
    public async Task Sync_AThousandAndOneOrganizations_AsksForPermissionsOnceAndForMembersOnceEach()
    {
        await using var grafana = await TestConnector.StartAsync("12.1");
        for (var number = 2; number <= 1001; number++)
        {
            grafana.AddMember(grafana.AddOrganization(string.Create(CultureInfo.InvariantCulture, $"Customer {number}")), 1, GrafanaRole.Admin);
        }

        using var sync = new Strangers.RepeatedSync(grafana.BaseAddress);

        Assert.Equal(0, await sync.RunAsync("--sync-resource-types", "user,org,team"));

        Assert.Equal(1001, sync.Resources("org").Count);
        Assert.InRange(Count("/api/access-control/user/permissions"), 1, 2);
        Assert.Equal(1001, grafana.Requests.Lines.Count(line => line.StartsWith("GET /api/orgs/", StringComparison.Ordinal)));
        Assert.InRange(grafana.Requests.Count, 2002, 2030);

        int Count(string path) => grafana.Requests.Lines.Count(line => line == $"GET {path}");
    }
}
