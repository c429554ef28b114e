using System.Globalization;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>With a username and a password: the whole server.</summary>
public sealed class ServerDirectoryTests
{
    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("10.1")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task Validate_ServerAdministrator_AsksWhoItIsFirstAndAlone(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);

        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.Equal(["GET /api/user", "GET /api/orgs?perpage=1", "GET /api/health"], grafana.Requests.Lines.Take(3));
        Assert.Equal(1, grafana.Requests.MaxConcurrency);
        Assert.Empty(grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Validate_WrongPassword_IsOneRequestAndNotTransient(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        await using var connector = TestConnector.Create(grafana, change: options => options with { Password = "wrong" });

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.Unauthenticated, refusal.Code);
        Assert.False(refusal.IsTransient);
        Assert.Contains("username and password", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["GET /api/user"], grafana.Requests.Lines);
    }

    [Fact]
    public async Task Validate_ByEmailAddress_IsTheSameAccount()
    {
        await using var grafana = await TestConnector.StartAsync();

        await using var connector = await TestConnector.ConnectAsync(grafana, change: options => options with { Username = "Admin@localhost" });
    }

    [Fact]
    public async Task Validate_NoServerAdministrator_SaysSo()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.AddMember(1, grafana.AddUser(new UserSeed("ada") { Password = "abcdef" }), GrafanaRole.Admin);
        await using var connector = TestConnector.Create(grafana, change: options => options with { Username = "ada", Password = "abcdef" });

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("ada is not a Grafana server administrator", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("7.5")]
    [InlineData("11.3")]
    public async Task Validate_BasicAuthenticationOffAndAnonymousOn_IsRefused(string version)
    {
        // D69: every call would run as the anonymous viewer, whom 6.5 knows no account of and later releases refuse.
        await using var grafana = await TestConnector.StartAsync(version, new FakeGrafanaOptions { BasicAuthEnabled = false, AnonymousEnabled = true });
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.Unauthenticated, refusal.Code);
        Assert.Contains("basic authentication", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SomebodyElse_IsRefused()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.On("GET", "^/api/user$").Respond(200, """{"id":7,"login":"proxy-user","email":"p@example.com","isGrafanaAdmin":true}""");
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.Unauthenticated, refusal.Code);
        Assert.Contains("takes us for proxy-user, not for admin", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"users:read":["global.users:id:1"]}""", false)]
    [InlineData("""{"users:read":["global.users:id:1","global.users:*"]}""", true)]
    [InlineData("""{"users:read":["global.users:id:*"]}""", true)]
    [InlineData("""{"users:read":["*"]}""", true)]
    public async Task Validate_NarrowScope_NamesTheAction(string permissions, bool good)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.On("GET", "^/api/access-control/user/permissions").Respond(200, permissions);
        await using var connector = TestConnector.Create(grafana);

        if (good)
        {
            await connector.ValidateAsync();
            return;
        }

        var refusal = await connector.RefusedAsync();
        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("users:read for global.users:id:1 only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_VersionHiddenOrBlocked_GoesOnWithoutIt()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { HideVersion = true });
        await using (await TestConnector.ConnectAsync(grafana))
        {
            grafana.Faults.On("GET", "^/api/health").Respond(403);
        }

        await using var connector = await TestConnector.ConnectAsync(grafana);
    }

    [Fact]
    public async Task Validate_VersionCannotBeReadForTheMoment_IsTransient()
    {
        // Going on without it would offer the role None in one run and not in the next.
        await using var grafana = await TestConnector.StartAsync("9.4");
        grafana.Faults.On("GET", "^/api/health").Respond(503, """{"commit":"x","database":"failing","version":"9.4.0"}""");
        await using var connector = TestConnector.Create(grafana);

        Assert.True((await connector.RefusedAsync()).IsTransient);
    }

    [Theory]
    [InlineData("6.5", 50, true)]
    [InlineData("6.5", 999, true)]
    [InlineData("6.5", 1000, false)]
    [InlineData("6.5", 1001, false)]
    [InlineData("11.3", 50, true)]
    [InlineData("11.3", 1000, true)]
    [InlineData("11.3", 1001, true)]
    [InlineData("11.3", 2500, true)]
    public async Task ListOrganizations_AnyNumber_AllOrNone(string version, int count, bool all)
    {
        // D38, D39: a server before 7.2 answers every page with the same thousand.
        await using var grafana = await TestConnector.StartAsync(version);
        for (var number = 2; number <= count; number++)
        {
            grafana.AddOrganization($"Org {number}");
        }

        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Requests.Clear();

        if (all)
        {
            var organizations = await connector.ListOrganizationsAsync();
            Assert.Equal(Numbers(count), organizations.Select(organization => organization.Id.Resource).Order(StringComparer.Ordinal));
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<Sdk.Connectors.ConnectorException>(connector.ListOrganizationsAsync);
            Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
            Assert.Contains("1000 organizations", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("6.5", refusal.Message, StringComparison.Ordinal);
        }

        Assert.InRange(grafana.Requests.Count, 1, 8);
    }

    [Fact]
    public async Task ListOrganizations_OneGoesDuringTheWalk_NobodyIsMissed()
    {
        await using var grafana = await TestConnector.StartAsync();
        for (var number = 2; number <= 1500; number++)
        {
            grafana.AddOrganization(string.Create(CultureInfo.InvariantCulture, $"Org {number:d4}"), number);
        }

        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/orgs\\?.*page=1$").Once().Run(_ => grafana.RemoveOrganization(2));

        var organizations = await connector.ListOrganizationsAsync();

        var ids = organizations.ConvertAll(organization => organization.Id.Resource);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Numbers(1500).Except(ids, StringComparer.Ordinal).Except(["2"], StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task ListUsers_ThreeThousand_ReadsEachPageOnceSideBySide(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.Populate(users: 3001);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Requests.Clear();
        var together = new CountdownEvent(3);
        grafana.Faults.On("GET", "^/api/users/search\\?.*page=[234]$").RunAsync(async (_, cancelled) =>
        {
            together.Signal();
            await Task.Run(() => together.Wait(cancelled), cancelled);
        });

        var users = await connector.ListUsersAsync();

        Assert.Equal(Numbers(3001), users.Select(user => user.Id.Resource).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, 4).Select(page => $"GET /api/users/search?perpage=1000&page={page}"), grafana.Requests.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ListUsers_ParallelismOfTwo_AsksForTwoPagesAtOnce()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 6000);
        await using var connector = await TestConnector.ConnectAsync(grafana, parallelism: 2);

        await connector.ListUsersAsync();

        Assert.InRange(grafana.Requests.MaxConcurrency, 1, 2);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task ListUsers_OneIsDeletedDuringTheWalk_WalksAgainAndMissesNobody(string version)
    {
        // D49: by offset, everybody behind the deleted one moves to the page before.
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.Populate(users: 2500);
        await using var connector = await TestConnector.ConnectAsync(grafana, parallelism: 1);
        grafana.Faults.On("GET", "^/api/users/search\\?.*page=2$").Once().Run(_ => grafana.RemoveUser(grafana.FindUser("user0000001")!.Value));
        grafana.Requests.Clear();

        var users = await connector.ListUsersAsync();

        Assert.Empty(Numbers(2500).Except(users.Select(user => user.Id.Resource), StringComparer.Ordinal).Except(["2"], StringComparer.Ordinal));
        Assert.Equal(6, grafana.Requests.Count);
    }

    [Fact]
    public async Task ListUsers_OneIsCreatedInFrontDuringTheWalk_IsListedToo()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 2500);
        await using var connector = await TestConnector.ConnectAsync(grafana, parallelism: 1);
        grafana.Faults.On("GET", "^/api/users/search\\?.*page=3$").Once().Run(_ => grafana.AddUser("aaa"));

        var users = await connector.ListUsersAsync();

        Assert.Contains("aaa", users.Select(user => user.DisplayName));
        Assert.Equal(2501, users.DistinctBy(user => user.Id.Resource).Count());
    }

    [Fact]
    public async Task ListUsers_NeverComesToRest_GivesUpRatherThanMissSomebody()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 1500);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var number = 0;
        grafana.Faults.On("GET", "^/api/users/search\\?.*page=2$").Run(_ => grafana.AddUser($"new{number++}"));
        grafana.Requests.Clear();

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Equal(StatusCode.Aborted, refusal.Code);
        Assert.Contains("accounts does not add up", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(6, grafana.Requests.Count);
    }

    [Theory]
    [InlineData("^/api/users/search")]
    [InlineData("^/api/orgs\\?")]
    [InlineData("^/api/orgs/1/users")]
    public async Task Listing_NotFound_IsNoEmptyListing(string path)
    {
        // The engine takes NotFound for one thing that vanished and goes on without it.
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", path).Respond(404, """{"message":"Not found"}""");

        var refusal = await Assert.ThrowsAsync<Sdk.Connectors.ConnectorException>(async () =>
        {
            await connector.ListUsersAsync();
            await connector.ListOrganizationsAsync();
            await connector.ListGrantsAsync(1);
        });

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("every Grafana has that", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListGrants_OrganizationWasDeletedMeanwhile_IsNotAnEmptyOne()
    {
        // D44: Grafana lists the members of an organization that is not there, and finds none.
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var refusal = await Assert.ThrowsAsync<Sdk.Connectors.ConnectorException>(() => connector.ListGrantsAsync(77));

        Assert.Equal(StatusCode.NotFound, refusal.Code);
        Assert.Contains("deleted during the sync", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListGrants_OrganizationWithoutMembers_IsConfirmedAndWarnedOf()
    {
        await using var grafana = await TestConnector.StartAsync();
        var empty = grafana.AddOrganization("Empty");
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Requests.Clear();

        Assert.Empty(await connector.ListGrantsAsync(empty));

        Assert.Contains("has no members", Assert.Single(connector.Sync.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, grafana.Requests.Lines.Count(line => line == $"GET /api/orgs/{empty}/users"));
    }

    [Fact]
    public async Task ListGrants_EmptyOnlyTheFirstTime_ListsTheMembers()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/orgs/1/users").Once().Respond(200, "[]");

        Assert.Equal("org:1:Admin:user:1", Assert.Single(await connector.ListGrantsAsync(1)).Id);
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task GetResource_OneByOne_OrNull()
    {
        await using var grafana = await TestConnector.StartAsync();
        var ada = grafana.AddUser("ada");
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var cancellation = TestContext.Current.CancellationToken;

        Assert.Equal("ada", (await connector.Users.GetResourceAsync(Id("user", $"{ada}"), null, cancellation))?.DisplayName);
        Assert.Equal("Main Org.", (await connector.Organizations.GetResourceAsync(Id("org", "1"), null, cancellation))?.DisplayName);
        foreach (var none in new[] { "99", "-1", "abc", "", "1/users", "99999999999999999999" })
        {
            Assert.Null(await connector.Users.GetResourceAsync(Id("user", none), null, cancellation));
            Assert.Null(await connector.Organizations.GetResourceAsync(Id("org", none), null, cancellation));
        }

        static Protocol.Connector.V2.ResourceId Id(string type, string id) => Sdk.Connectors.Ids.Resource(type, id);
    }

    private static IEnumerable<string> Numbers(int count)
        => Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal);
}
