using System.Net;
using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana;

public sealed class FakeGrafanaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_NeedsNoCredential()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = GrafanaVersion.V12_1 }, Cancellation);
        using var client = grafana.CreateAnonymousClient();

        var health = await client.GetJsonAsync("api/health");

        Assert.Equal("12.1.0", health.GetProperty("version").GetString());
        Assert.Equal("ok", health.GetProperty("database").GetString());
    }

    [Fact]
    public async Task Health_VersionHidden_SaysOnlyThatTheDatabaseIsWell()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { HideVersion = true }, Cancellation);
        using var client = grafana.CreateAnonymousClient();

        var health = await client.GetJsonAsync("api/health");

        Assert.Equal("database", Assert.Single(health.EnumerateObject()).Name);
    }

    [Fact]
    public async Task UsersSearch_HundredThousandAccounts_PagesReachEveryOneOnce()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Populate(users: 100_000, organizations: 10);
        using var client = grafana.CreateClient();

        var ids = new HashSet<long>();
        for (var page = 1; ; page++)
        {
            var answer = await client.GetJsonAsync($"api/users/search?perpage=1000&page={page}");
            Assert.Equal(100_000, answer.GetProperty("totalCount").GetInt32());
            var users = answer.GetProperty("users").EnumerateArray().ToList();
            if (users.Count == 0)
            {
                break;
            }

            ids.UnionWith(users.Select(user => user.GetProperty("id").GetInt64()));
        }

        Assert.Equal(100_000, ids.Count);
        Assert.Equal(101, grafana.Requests.Count);
    }

    [Fact]
    public async Task OrgUsers_HundredThousandMembers_ComeInOneAnswer()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Populate(users: 100_000, organizations: 3);
        using var client = grafana.CreateClient();

        var members = await client.GetJsonAsync("api/orgs/1/users");

        Assert.Equal(100_000, members.GetArrayLength());
    }

    [Fact]
    public async Task Populate_SameSeed_GivesTheSameInstance()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var one = await FakeGrafana.StartAsync(new() { Time = time }, Cancellation);
        await using var other = await FakeGrafana.StartAsync(new() { Time = time }, Cancellation);
        one.Populate(users: 200, organizations: 5, teams: 2);
        other.Populate(users: 200, organizations: 5, teams: 2);
        using var client = one.CreateClient();
        using var otherClient = other.CreateClient();

        foreach (var path in (string[])["api/users", "api/orgs", "api/orgs/1/users", "api/orgs/3/users"])
        {
            Assert.Equal(await client.GetStringAsync(path, Cancellation), await otherClient.GetStringAsync(path, Cancellation));
        }
    }

    [Fact]
    public async Task SubPath_RequestOutsideIt_IsAnsweredByTheProxy()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { SubPath = "/grafana" }, Cancellation);
        using var client = grafana.CreateClient();

        using var inside = await client.GetAsync("api/orgs", Cancellation);
        using var outside = await client.GetAsync("/api/orgs", Cancellation);

        Assert.Equal("/grafana/", grafana.BaseAddress.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
        Assert.Equal("text/html", outside.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["GET /api/orgs"], grafana.Requests.Lines);
    }

    [Fact]
    public async Task SubPath_RedirectingProxy_PointsIntoIt()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { SubPath = "/grafana", RedirectIntoSubPath = true }, Cancellation);
        using var client = grafana.CreateClient();

        using var answer = await client.GetAsync("/api/orgs", Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/grafana/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Https_ClientTrustsTheAuthority_IsAnswered()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Https = true }, Cancellation);
        using var client = grafana.CreateClient();
        using var stranger = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        var orgs = await client.GetJsonAsync("api/orgs");

        Assert.Equal(1, orgs.GetArrayLength());
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(new Uri(grafana.BaseAddress, "api/health"), Cancellation));
    }

    [Fact]
    public async Task Latency_IsAskedOfTheGivenDelay()
    {
        var waits = new List<TimeSpan>();
        var options = new FakeGrafanaOptions
        {
            Latency = TimeSpan.FromSeconds(10),
            LatencyOf = request => TimeSpan.FromSeconds(request.Ordinal),
            Delay = (time, _) =>
            {
                waits.Add(time);
                return Task.CompletedTask;
            },
        };
        await using var grafana = await FakeGrafana.StartAsync(options, Cancellation);
        using var client = grafana.CreateClient();

        await client.GetJsonAsync("api/orgs");
        await client.GetJsonAsync("api/orgs");

        Assert.Equal([TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(12)], waits);
    }

    [Fact]
    public async Task Requests_TwoAtATime_TellsTheConcurrency()
    {
        var both = new TaskCompletionSource();
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Faults.On("GET", "^/api/orgs").RunAsync((request, _) =>
        {
            if (request.Ordinal == 2)
            {
                both.SetResult();
            }

            return both.Task;
        });
        using var client = grafana.CreateClient();

        await Task.WhenAll(client.GetJsonAsync("api/orgs"), client.GetJsonAsync("api/orgs"));

        Assert.Equal(2, grafana.Requests.MaxConcurrency);
        Assert.All(grafana.Requests.All, request => Assert.Equal(200, request.Status));
        Assert.Equal([1, 2], grafana.Requests.All.Select(request => request.StartSequence));
    }

    [Fact]
    public async Task DisposeAsync_RequestStillHanging_DoesNotWaitForIt()
    {
        var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var arrived = new TaskCompletionSource();
        grafana.Faults.OnAny().Run(_ => arrived.SetResult());
        grafana.Faults.OnAny().Hang();
        using var client = grafana.CreateClient();

        var request = client.GetAsync("api/orgs", Cancellation);
        await arrived.Task;
        await grafana.DisposeAsync();
        await grafana.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [Fact]
    public async Task ManyClientsAtOnce_ReadAndWriteWithoutTrouble()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Populate(users: 300, organizations: 4, teams: 3);
        using var client = grafana.CreateClient();

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), Cancellation, async (number, _) =>
        {
            var (method, path, body) = (number % 5) switch
            {
                0 => ("GET", "api/users/search?perpage=50&page=2", default(object)),
                1 => ("GET", "api/orgs/1/users", null),
                2 => ("POST", "api/admin/users", new { login = $"new{number}", password = "s3cret-pass" }),
                3 => ("PATCH", $"api/orgs/1/users/{number % 200 + 2}", new { role = "Editor" }),
                _ => ("DELETE", $"api/orgs/1/users/{number % 200 + 2}", null),
            };
            var (status, _) = await client.SendJsonAsync(method, path, body);

            // A role cannot be changed once the membership is gone.
            Assert.True(
                status == HttpStatusCode.OK || (method == "PATCH" && status == HttpStatusCode.InternalServerError),
                $"{method} {path}: {status}");
        });

        Assert.Equal(380, (await client.GetJsonAsync("api/users")).GetArrayLength());
    }
}
