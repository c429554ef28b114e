using System.Net;
using System.Text.Json;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Faults;

namespace Baton.Testing.Tests.Grafana;

public sealed class FaultPlanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nth_OnlyThatRequestFails()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        var rule = grafana.Faults.On("GET", "^/api/users").Nth(2).Respond(503);

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 3; request++)
        {
            statuses.Add((await client.SendJsonAsync("GET", "api/users")).Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
        Assert.Equal((3, 1), (rule.Matched, rule.Hits));
        Assert.Equal([200, 503, 200], grafana.Requests.All.Select(request => request.Status));
    }

    [Fact]
    public async Task From_EveryRequestFromThereOnFails_UntilRemoved()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        var rule = grafana.Faults.OnAny().From(2).Respond(502);

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 4; request++)
        {
            if (request == 3)
            {
                rule.Remove();
            }

            statuses.Add((await client.SendJsonAsync("GET", "api/orgs")).Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadGateway, HttpStatusCode.BadGateway, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task RateLimit_SaysWhenToComeBack()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.OnAny().Once().RateLimit(retryAfterSeconds: 7);
        grafana.Faults.OnAny().Once().RateLimit(limit: 100, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

        using var first = await client.GetAsync("api/orgs", Cancellation);
        using var second = await client.GetAsync("api/orgs", Cancellation);
        using var third = await client.GetAsync("api/orgs", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, first.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), first.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("1800000000", Assert.Single(second.Headers.GetValues("X-RateLimit-Reset")));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Theory]
    [InlineData(Truncation.BelowContentLength)]
    [InlineData(Truncation.WithinChunks)]
    public async Task Truncate_Announced_BreaksTheTransfer(Truncation truncation)
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Populate(users: 500);
        using var client = grafana.CreateClient();
        grafana.Faults.On("GET", "^/api/users").Truncate(0.5, truncation);

        using var answer = await client.GetAsync("api/users", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var received = new MemoryStream();
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        var broken = await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received, Cancellation));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(broken).HttpRequestError);
        Assert.True(received.Length > 1000);
    }

    [Fact]
    public async Task Truncate_Unannounced_ArrivesAsBrokenJson()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.OnAny().Truncate(0.9, Truncation.Unannounced);

        var body = await client.GetByteArrayAsync("api/users", Cancellation);

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task Reset_NoAnswerComes()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.On("POST", "^/api/orgs$").Reset();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendJsonAsync("POST", "api/orgs", new { name = "Lost" }));

        Assert.Equal(1, (await client.GetJsonAsync("api/orgs")).GetArrayLength());
    }

    [Fact]
    public async Task AfterEffect_TheRequestIsCarriedOutAlthoughItsAnswerIsLost()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.On("POST", "^/api/orgs$").AfterEffect().Reset();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendJsonAsync("POST", "api/orgs", new { name = "Made" }));

        Assert.Equal(2, (await client.GetJsonAsync("api/orgs")).GetArrayLength());
    }

    [Fact]
    public async Task Hang_LastsUntilTheClientGivesUp()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        grafana.Faults.OnAny().Run(_ => patience.CancelAfter(TimeSpan.FromMilliseconds(20)));
        grafana.Faults.OnAny().Hang();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("api/orgs", patience.Token));
    }

    [Fact]
    public async Task HtmlPage_IsA200ThatIsNoJson()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.OnAny().HtmlPage();

        using var answer = await client.GetAsync("api/orgs", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task RedirectToLogin_And_EmptyBody()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.OnAny().Nth(1).RedirectToLogin();
        grafana.Faults.OnAny().Nth(1).EmptyBody();

        using var redirect = await client.GetAsync("api/orgs", Cancellation);
        using var empty = await client.GetAsync("api/orgs", Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/login"), (redirect.StatusCode, redirect.Headers.Location?.ToString()));
        Assert.Equal("", await empty.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task SlowBody_ArrivesWhole_WithAPauseBeforeEachPiece()
    {
        var pauses = 0;
        var options = new FakeGrafanaOptions
        {
            Delay = (_, _) =>
            {
                pauses++;
                return Task.CompletedTask;
            },
        };
        await using var grafana = await FakeGrafana.StartAsync(options, Cancellation);
        using var client = grafana.CreateClient();
        grafana.Faults.OnAny().SlowBody(pieces: 5, TimeSpan.FromMinutes(1));

        var orgs = await client.GetJsonAsync("api/orgs");

        Assert.Equal(1, orgs.GetArrayLength());
        Assert.Equal(5, pauses);
    }

    [Fact]
    public async Task Run_ChangesTheInstanceInTheMiddleOfAWalk()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = GrafanaVersion.V12_1 }, Cancellation);
        grafana.Populate(users: 30);
        using var client = grafana.CreateClient();
        grafana.Faults.On("GET", "page=2").Run(_ => grafana.AddUser("aaa-first-by-login"));

        var ids = new List<long>();
        for (var page = 1; page <= 4; page++)
        {
            var users = await client.GetJsonAsync($"api/users?perpage=10&page={page}");
            ids.AddRange(users.EnumerateArray().Select(user => user.GetProperty("id").GetInt64()));
        }

        Assert.Equal(31, ids.Count);
        Assert.Equal(30, ids.Distinct().Count());
    }
}
