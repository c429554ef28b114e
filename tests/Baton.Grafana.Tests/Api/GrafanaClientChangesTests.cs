using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Faults;
using Grpc.Core;

namespace Baton.Grafana.Tests.Api;

/// <summary>Requests that change a membership, one by one: what is sent, and what an answer is taken for.</summary>
public sealed class GrafanaClientChangesTests
{
    private const string Platform = "/api/orgs/2/users";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_AreSentAsAnnounced()
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        var change = new Change();

        var added = await client.AddMemberAsync(change, 2, "ada", "Viewer", Cancellation);
        var changed = await client.ChangeRoleAsync(change, 2, 2, "Editor", Cancellation);
        var removed = await client.RemoveMemberAsync(change, 2, 2, Cancellation);

        Assert.Equal([(200, "User added to organization", 2), (200, "Organization user updated", null), (200, "User removed from organization", null)],
            new[] { added, changed, removed }.Select(answer => (answer.Status, answer.Message, answer.UserId)));
        Assert.All(new[] { added, changed, removed }, answer => Assert.True(answer is { IsSuccess: true, IsUnknown: false, Failure: null }));
        Assert.Equal(
            [$$"""POST {{Platform}} {"loginOrEmail":"ada","role":"Viewer"}""", $$"""PATCH {{Platform}}/2 {"role":"Editor"}""", $"DELETE {Platform}/2"],
            change.Requests.Select(request => request.ToString()));
        Assert.Equal(change.Requests.Select(request => $"{request.Method} {request.Target}"), grafana.Requests.Writes);
        Assert.Equal(["application/json", "application/json", null], grafana.Requests.All.Select(request => request.Headers.GetValueOrDefault("Content-Type")));
        Assert.All(grafana.Requests.All, request => Assert.Equal("application/json", request.Headers["Accept"]));
    }

    [Fact]
    public async Task Requests_OfTheCurrentOrganization_NameNone()
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        var change = new Change();

        await client.AddMemberAsync(change, null, "ada", "Viewer", Cancellation);
        await client.ChangeRoleAsync(change, null, 2, "Editor", Cancellation);
        await client.RemoveMemberAsync(change, null, 2, Cancellation);

        Assert.Equal(["POST /api/org/users", "PATCH /api/org/users/2", "DELETE /api/org/users/2"], grafana.Requests.Writes);
        Assert.All(grafana.Requests.All, request => Assert.False(request.Headers.ContainsKey("X-Grafana-Org-Id")));
    }

    [Fact]
    public async Task DryRun_SendsNothing()
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => client.AddMemberAsync(change, 2, "ada", "Viewer", Cancellation));
        await Assert.ThrowsAsync<ChangeWithheldException>(() => client.ChangeRoleAsync(change, 2, 2, "Viewer", Cancellation));
        await Assert.ThrowsAsync<ChangeWithheldException>(() => client.RemoveMemberAsync(change, 2, 2, Cancellation));

        Assert.Equal(3, change.Requests.Count);
        Assert.Empty(grafana.Requests.All);
    }

    [Theory]
    [InlineData(400, false, StatusCode.InvalidArgument)]
    [InlineData(403, false, StatusCode.PermissionDenied)]
    [InlineData(404, false, StatusCode.NotFound)]
    [InlineData(408, true, StatusCode.DeadlineExceeded)]
    [InlineData(409, false, StatusCode.AlreadyExists)]
    [InlineData(412, false, StatusCode.InvalidArgument)]
    [InlineData(500, false, StatusCode.Unavailable)]
    [InlineData(502, true, StatusCode.Unavailable)]
    [InlineData(503, true, StatusCode.Unavailable)]
    [InlineData(504, true, StatusCode.Unavailable)]
    public async Task Refusal_IsAnAnswer(int status, bool isUnknown, StatusCode code)
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        grafana.Faults.OnAny().Respond(status, """{"messageId":"a.b","message":"two\nlines"}""");

        var answer = await client.ChangeRoleAsync(new Change(), 2, 2, "Editor", Cancellation);

        Assert.Equal((status, "two lines", "a.b", false, isUnknown), (answer.Status, answer.Message, answer.MessageId, answer.IsSuccess, answer.IsUnknown));
        Assert.Equal(code, answer.Failure?.Code);
        Assert.Equal(1, grafana.Requests.Count);
    }

    [Theory]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(407, StatusCode.InvalidArgument)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(302, StatusCode.FailedPrecondition)]
    public async Task Refusal_WithoutAnyEffect_IsThrown(int status, StatusCode code)
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        grafana.Faults.OnAny().Respond(status, null, ("Retry-After", "7"), ("Location", "/login"));

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => client.ChangeRoleAsync(new Change(), 2, 2, "Editor", Cancellation));

        Assert.Equal(code, refusal.Code);
        Assert.Equal(1, grafana.Requests.Count);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("array")]
    [InlineData("cut")]
    [InlineData("chunk")]
    [InlineData("unannounced")]
    [InlineData("huge")]
    public async Task Success_ThatCannotBeRead_IsUnknown(string how)
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        _ = how switch
        {
            "reset" => grafana.Faults.OnAny().Reset(),
            "html" => grafana.Faults.OnAny().HtmlPage(),
            "empty" => grafana.Faults.OnAny().EmptyBody(),
            "array" => grafana.Faults.OnAny().Respond(200, "[]"),
            "cut" => grafana.Faults.OnAny().Truncate(),
            "chunk" => grafana.Faults.OnAny().Truncate(0.5, Truncation.WithinChunks),
            "unannounced" => grafana.Faults.OnAny().Truncate(0.5, Truncation.Unannounced),
            _ => grafana.Faults.OnAny().Respond(200, $$"""{"message":"{{new string('x', 100_000)}}"}"""),
        };

        var answer = await client.AddMemberAsync(new Change(), 2, "ada", "Viewer", Cancellation);

        Assert.Equal((0, true, false), (answer.Status, answer.IsUnknown, answer.IsSuccess));
        Assert.NotNull(answer.Failure);
        Assert.Equal(1, grafana.Requests.Count);
    }

    [Fact]
    public async Task NoServer_IsUnknown()
    {
        var grafana = await StartAsync();
        using var client = Client(grafana);
        await grafana.DisposeAsync();

        var answer = await client.RemoveMemberAsync(new Change(), 2, 2, Cancellation);

        Assert.Equal((true, StatusCode.Unavailable), (answer.IsUnknown, answer.Failure?.Code));
        Assert.Contains("cannot connect", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimeUp_IsUnknown()
    {
        await using var grafana = await StartAsync();
        var time = new ImpatientTime();
        using var client = Client(grafana, time);
        grafana.Faults.OnAny().Run(_ => time.PassDeadlines());
        grafana.Faults.OnAny().Hang();

        var answer = await client.RemoveMemberAsync(new Change(), 2, 2, Cancellation);

        Assert.Equal((true, StatusCode.DeadlineExceeded), (answer.IsUnknown, answer.Failure?.Code));
    }

    [Fact]
    public async Task Cancelled_IsACancellation()
    {
        await using var grafana = await StartAsync();
        using var client = Client(grafana);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        grafana.Faults.OnAny().Run(_ => stop.Cancel());
        grafana.Faults.OnAny().Hang();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RemoveMemberAsync(new Change(), 2, 2, stop.Token));
    }

    private static async Task<FakeGrafana> StartAsync()
    {
        var grafana = await TestConnector.StartAsync();
        grafana.AddMember(grafana.AddOrganization("platform team"), 1, GrafanaRole.Admin);
        grafana.AddUser("ada");
        return grafana;
    }

    private static GrafanaClient Client(FakeGrafana grafana, TimeProvider? time = null) => new(
        ConnectorHttp.Create(new ConnectorHttpOptions()),
        grafana.BaseAddress,
        new SignIn(Credential.Basic("admin", TestConnector.Password), time ?? TimeProvider.System),
        TimeSpan.FromSeconds(300),
        time ?? TimeProvider.System,
        new CollectedLogs());
}
