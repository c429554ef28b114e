using System.Net;
using System.Text.Json;
using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana;

/// <summary>The tokens of service accounts, as releases differ.</summary>
public sealed class ServiceAccountTokensTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("9.4", 300)]
    [InlineData("11.3", 1000)]
    public async Task List_OfMany_IsCutWithoutAWord(string version, int most)
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = GrafanaVersion.Parse(version) }, Cancellation);
        var robot = grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer);
        for (var number = 0; number < most + 1; number++)
        {
            grafana.AddToken(robot, $"t{number:d4}");
        }

        using var client = grafana.CreateClient();

        Assert.Equal(most, (await client.GetJsonAsync($"api/serviceaccounts/{robot}/tokens")).GetArrayLength());
        Assert.Equal(most + 1, (await client.GetJsonAsync($"api/serviceaccounts/{robot}")).GetProperty("tokens").GetInt32());
    }

    [Theory]
    [InlineData("9.4", HttpStatusCode.Conflict, null)]
    [InlineData("11.3", HttpStatusCode.BadRequest, "serviceaccounts.ErrTokenAlreadyExists")]
    public async Task Create_NameOfAnotherAccountsToken_IsTaken(string version, HttpStatusCode status, string? messageId)
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = GrafanaVersion.Parse(version) }, Cancellation);
        var robot = grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer);
        grafana.AddToken(grafana.AddServiceAccount(1, "other", GrafanaRole.Viewer), "taken");
        using var client = grafana.CreateClient();

        var (answered, body) = await client.SendJsonAsync("POST", $"api/serviceaccounts/{robot}/tokens", new { name = "taken", secondsToLive = 60 });

        Assert.Equal(status, answered);
        Assert.Equal(messageId, body.TryGetProperty("messageId", out var id) ? id.GetString() : null);
        Assert.Equal("service account token with given name already exists in the organization", body.Message());
    }

    [Theory]
    [InlineData(86400, HttpStatusCode.OK)]
    [InlineData(86401, HttpStatusCode.BadRequest)]
    [InlineData(0, HttpStatusCode.BadRequest)]
    public async Task Create_BeyondTheLimitOfDays_IsRefusedInPlainText(int seconds, HttpStatusCode status)
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { TokenExpirationDayLimit = 1 }, Cancellation);
        var robot = grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer);
        using var client = grafana.CreateClient();
        using var content = new StringContent($$"""{"name":"t","secondsToLive":{{seconds}}}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"api/serviceaccounts/{robot}/tokens", content, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? "application/json" : "text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, grafana.Tokens(robot).Count);
    }

    [Fact]
    public async Task ServiceAccounts_AreOfTheOrganizationThatIsAskedFor()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var second = grafana.AddOrganization("Second");
        grafana.AddMember(second, 1, GrafanaRole.Admin);
        var robot = grafana.AddServiceAccount(second, "robot", GrafanaRole.Viewer);
        using var client = grafana.CreateClient();

        var (here, _) = await client.SendJsonAsync("GET", $"api/serviceaccounts/{robot}");
        var (there, body) = await client.SendJsonAsync("GET", $"api/serviceaccounts/{robot}", null, ("X-Grafana-Org-Id", $"{second}"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (here, there));
        Assert.Equal(second, body.GetProperty("orgId").GetInt64());
        Assert.Equal(JsonValueKind.Number, body.GetProperty("tokens").ValueKind);
    }
}
