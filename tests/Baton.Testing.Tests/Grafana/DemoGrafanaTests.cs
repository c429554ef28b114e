using System.Text.Json;
using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana;

public sealed class DemoGrafanaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_HoldsEveryRole_AndTheAccountsThatNeedCare()
    {
        var (grafana, token) = await DemoGrafana.StartAsync(cancellationToken: Cancellation);
        await using var _ = grafana;
        using var client = grafana.CreateClient();
        using var tokenClient = grafana.CreateTokenClient(token!);

        var users = (await client.GetJsonAsync("api/users")).EnumerateArray().ToDictionary(user => user.GetProperty("id").GetInt64());
        var members = await tokenClient.GetJsonAsync("api/org/users");

        Assert.Equal(Enumerable.Range(1, 12).Select(id => (long)id), users.Keys.Order());
        Assert.True(users[DemoGrafana.Disabled].GetProperty("isDisabled").GetBoolean());
        Assert.Equal("", users[DemoGrafana.WithoutEmail].GetProperty("email").GetString());
        Assert.Equal(2, users.Values.Count(user => user.GetProperty("isAdmin").GetBoolean()));
        Assert.True(users[DemoGrafana.NeverSignedIn].GetProperty("lastSeenAt").GetDateTimeOffset().Year < 2016);
        Assert.Equal(GrafanaRole.None, grafana.RoleOf(DemoGrafana.Platform, DemoGrafana.WithoutRole));
        Assert.Equal(10, members.GetArrayLength());
        Assert.Equal(["hedy@example.com"], grafana.PendingInvites(DemoGrafana.Platform));

        var robots = (await tokenClient.GetJsonAsync("api/serviceaccounts/search")).GetProperty("serviceAccounts").EnumerateArray().ToList();
        Assert.Equal(["ci-deploy", "edsger-import", "governance"], robots.Select(robot => robot.GetProperty("name").GetString()).ToArray());
        var laptop = Assert.Single((await tokenClient.GetJsonAsync($"api/serviceaccounts/{robots[1].GetProperty("id").GetInt64()}/tokens")).EnumerateArray());
        Assert.Equal(JsonValueKind.Null, laptop.GetProperty("expiration").ValueKind);
        Assert.Equal(JsonValueKind.String, laptop.GetProperty("lastUsedAt").ValueKind);
    }

    [Fact]
    public async Task StartAsync_OldRelease_HasNoToken()
    {
        var (grafana, token) = await DemoGrafana.StartAsync(new() { Version = GrafanaVersion.V6_5 }, Cancellation);
        await using var _ = grafana;

        Assert.Null(token);
        Assert.Equal(GrafanaRole.Viewer, grafana.RoleOf(DemoGrafana.Platform, DemoGrafana.WithoutRole));
    }
}
