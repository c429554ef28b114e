using System.Globalization;
using System.Text.Json.Nodes;
using Baton.C1z.Reading;
using Baton.Protocol;
using Baton.Testing.Grafana;
using Google.Protobuf;

namespace Baton.Grafana.Tests;

/// <summary>Whole syncs, in this process: what they write, and what they do about a server in trouble.</summary>
public sealed class GrafanaProgramTests
{
    /// <summary>What our rows say beyond upstream's of 2025, which knew accounts and organizations, by place. Anything else that differs is a break of the contract.</summary>
    private static readonly string[] Additions =
    [
        "resourceType.annotations.CapabilityPermissions",
        "user.createdAt",
        "user.profile.is_grafana_admin", "user.profile.last_seen_at", "user.profile.uid", "user.profile.is_provisioned", "user.profile.is_externally_synced",
        "user.profile.full_name", "user.annotations.UserTrait.profile.full_name",
        "user.annotations.UserTrait.login", "user.annotations.UserTrait.loginAliases", "user.annotations.UserTrait.lastLogin",
        "user.annotations.UserTrait.profile.is_grafana_admin", "user.annotations.UserTrait.profile.last_seen_at", "user.annotations.UserTrait.profile.uid",
        "user.annotations.UserTrait.profile.is_provisioned", "user.annotations.UserTrait.profile.is_externally_synced",
        "org.profile.org_id", "org.profile.name",
        "entitlement.annotations.EntitlementExclusionGroup",
        "entitlement.resource.profile.org_id", "entitlement.resource.profile.name",
        "entitlement.grantableTo.0.annotations.CapabilityPermissions",
    ];

    [Theory]
    [InlineData("6.5", false)]
    [InlineData("7.5", false)]
    [InlineData("9.4", false)]
    [InlineData("10.1", false)]
    [InlineData("11.3", false)]
    [InlineData("12.1", false)]
    [InlineData("6.5", true)]
    [InlineData("7.5", true)]
    [InlineData("9.4", true)]
    [InlineData("12.1", true)]
    public async Task Sync_OfTheServerThatUpstreamSynced_WritesWhatUpstreamWrote(string version, bool byToken)
    {
        // E8.11. The one difference that is no addition: to a token 6.5 tells neither names nor who is disabled, and 7.5 not the latter.
        await using var grafana = await FourUsersTwoOrganizationsAsync(version);
        using var sync = new InProcessSync();
        var exitCode = byToken
            ? await sync.RunAsync(TimeProvider.System, ["--hostname", grafana.BaseAddress.ToString(), "--api-token", Token(grafana, version), "--file", sync.File, "--sync-resource-types", "org,user"])
            : await sync.RunAsync(grafana.BaseAddress, TimeProvider.System, "--sync-resource-types", "org,user");
        Assert.True(exitCode == 0, sync.Error);

        using var file = sync.Open();
        var rows = file.Read(file.Syncs.LatestFinished()!);

        var upstream = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Fixture("c1z", "grafana-4users-2orgs.json"), TestContext.Current.CancellationToken))!["listings"]!;
        var types = Upstream(upstream, "resource-types", "resourceTypes", "resourceType");
        Compare("resourceType", types, Ours(rows.ResourceTypes().Where(type => types.Any(their => Id(their) == type.Id))));
        Compare("user", Where(Upstream(upstream, "resources", "resources", "resource"), "user:"), Ours(rows.Resources(new ListFilter { ResourceTypeId = "user" })));
        Compare("org", Where(Upstream(upstream, "resources", "resources", "resource"), byToken ? "org:1" : "org:"), Ours(rows.Resources(new ListFilter { ResourceTypeId = "org" })));
        foreach (var organization in byToken ? new[] { "org:1" } : ["org:1", "org:2"])
        {
            Compare(
                "entitlement",
                Where(Upstream(upstream, "entitlements", "entitlements", "entitlement"), organization),
                Where(Ours(rows.Entitlements()), organization).Where(entitlement => Id(entitlement) != $"{organization}:None").ToList());
            Compare("grant", Where(Upstream(upstream, "grants", "grants", "grant"), organization), Where(Ours(rows.Grants()), organization));
        }

        var hasNone = version is "11.3" or "12.1";
        Assert.Equal((byToken ? 1 : 2) * (hasNone ? 4 : 3), rows.Entitlements().Count(entitlement => entitlement.Resource.Id.ResourceType == "org"));
        Assert.Equal(byToken ? 4 : 7, rows.Grants().Count(grant => grant.Entitlement.Resource.Id.ResourceType == "org"));

        void Compare(string kind, IReadOnlyList<JsonNode> theirs, IReadOnlyList<JsonNode> ours)
        {
            Assert.Equal(theirs.Select(Id), ours.Select(Id));
            foreach (var (their, our) in theirs.Zip(ours))
            {
                var expected = Flatten(kind, their);
                var actual = Flatten(kind, our);
                if (byToken && version is ("6.5" or "7.5") && kind == "user")
                {
                    expected.Remove("user.status.status");
                    expected.Remove("user.annotations.UserTrait.status.status");
                }

                if (byToken && version == "6.5" && kind == "user")
                {
                    Assert.Equal("\"\"", actual["user.profile.full_name"]);
                    expected.Remove("user.profile.full_name");
                    expected.Remove("user.annotations.UserTrait.profile.full_name");
                }

                var missing = expected.Where(leaf => actual.GetValueOrDefault(leaf.Key) != leaf.Value).ToList();
                Assert.True(missing.Count == 0, $"{Id(our)}: {string.Join("; ", missing.Select(leaf => $"{leaf.Key} is {actual.GetValueOrDefault(leaf.Key)} instead of {leaf.Value}"))}");
                var added = actual.Keys.Except(expected.Keys, StringComparer.Ordinal)
                    .Where(path => !Array.Exists(Additions, addition => path == addition || path.StartsWith(addition + ".", StringComparison.Ordinal))).ToList();
                Assert.True(added.Count == 0, $"{Id(our)} has {string.Join(", ", added)}");
            }
        }
    }

    [Fact]
    public async Task Sync_RateLimited_WaitsAsLongAsAskedAndGoesOn()
    {
        await using var grafana = await TestConnector.StartAsync();
        var rule = grafana.Faults.On("GET", "^/api/users/search").Once().RateLimit(retryAfterSeconds: 7);
        using var sync = new InProcessSync();
        var time = new ImpatientTime();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, time) == 0, sync.Error);

        Assert.Equal(1, rule.Hits);
        Assert.Equal([TimeSpan.FromSeconds(7)], time.Waits);
        Assert.Contains("429 Too many requests", sync.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After")]
    [InlineData("X-RateLimit-Reset")]
    public async Task Sync_RateLimitedUntilADate_WaitsUntilThen(string header)
    {
        await using var grafana = await TestConnector.StartAsync();
        var time = new ImpatientTime();
        var until = time.GetUtcNow().AddSeconds(30);
        var fault = grafana.Faults.On("GET", "^/api/users/search").Once();
        _ = header == "Retry-After" ? fault.Respond(429, null, (header, until.ToString("R", CultureInfo.InvariantCulture))) : fault.RateLimit(limit: 10, resetsAt: until);
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, time) == 0, sync.Error);

        Assert.InRange(Assert.Single(time.Waits).TotalSeconds, 20, 31);
    }

    [Fact]
    public async Task Sync_ServerFailsForAWhile_WaitsLongerEachTime()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.On("GET", "^/api/users/search").Between(1, 3).Respond(503);
        using var sync = new InProcessSync();
        var time = new ImpatientTime();

        // One worker, so that no other page that comes through starts the count anew.
        Assert.True(await sync.RunAsync(grafana.BaseAddress, time, "--workers", "1") == 0, sync.Error);

        Assert.Equal([1, 2, 3], time.Waits.Select(wait => (int)wait.TotalSeconds));
    }

    [Theory]
    [InlineData("^/api/user$", 11, 10)]
    [InlineData("^/api/users/search", 11, 10)]
    public async Task Sync_ServerFailsForGood_EndsByItself(string path, int requests, int waits)
    {
        await using var grafana = await TestConnector.StartAsync();
        var rule = grafana.Faults.On("GET", path).Respond(500);
        using var sync = new InProcessSync();
        var time = new ImpatientTime();

        Assert.Equal(14, await sync.RunAsync(grafana.BaseAddress, time, "--workers", "1", "--sync-resource-types", "user"));

        Assert.Equal(requests, rule.Hits);
        Assert.Equal(Enumerable.Range(1, waits), time.Waits.Select(wait => (int)wait.TotalSeconds));
        Assert.False(File.Exists(sync.File));
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("2", 3)]
    [InlineData("30", 31)]
    public async Task Sync_RetryLimit_BoundsTheRequests(string limit, int requests)
    {
        await using var grafana = await TestConnector.StartAsync();
        var rule = grafana.Faults.OnAny().Respond(500);
        using var sync = new InProcessSync { Variables = { ["BATON_RETRY_LIMIT"] = limit } };

        Assert.Equal(14, await sync.RunAsync(grafana.BaseAddress, new ImpatientTime()));

        Assert.Equal(requests, rule.Hits);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Sync_RetryLimitIsNoNumber_IsRefused(string limit)
    {
        await using var grafana = await TestConnector.StartAsync();
        using var sync = new InProcessSync { Variables = { ["BATON_RETRY_LIMIT"] = limit } };

        Assert.Equal(2, await sync.RunAsync(grafana.BaseAddress, new ImpatientTime()));

        Assert.Contains("BATON_RETRY_LIMIT must be a whole number", sync.Error, StringComparison.Ordinal);
        Assert.Empty(grafana.Requests.All);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Sync_RefusedInTheMiddle_EndsAtOnce(int status)
    {
        // D67: what is tried again after a 401 locks the account.
        await using var grafana = await TestConnector.StartAsync();
        var rule = grafana.Faults.On("GET", "^/api/orgs/1/users").Respond(status);
        using var sync = new InProcessSync();
        var time = new ImpatientTime();

        Assert.Equal(status == 401 ? 16 : 7, await sync.RunAsync(grafana.BaseAddress, time));

        Assert.Equal(1, rule.Hits);
        Assert.Empty(time.Waits);
        Assert.False(File.Exists(sync.File));
    }

    [Fact]
    public async Task Sync_TruncatedMembers_AreReadAgainAndNobodyTwice()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 2500);
        grafana.Faults.On("GET", "^/api/orgs/1/users").Once().Truncate(0.8);
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, new ImpatientTime()) == 0, sync.Error);

        using var file = sync.Open();
        Assert.Equal(2500, file.Read(file.Syncs.LatestFinished()!).Grants().Count(grant => grant.Entitlement.Resource.Id.ResourceType == "org"));
    }

    [Fact]
    public async Task Sync_ManyOrganizations_AsksForSomeAtOnce()
    {
        // D47
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 10, organizations: 40);
        var together = new CountdownEvent(8);
        grafana.Faults.On("GET", "^/api/orgs/[0-9]+/users").Between(1, 8).RunAsync(async (_, cancelled) =>
        {
            together.Signal();
            await Task.Run(() => together.Wait(cancelled), cancelled);
        });
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System) == 0, sync.Error);

        Assert.Equal(8, grafana.Requests.MaxConcurrency);
        Assert.Equal(40, grafana.Requests.Lines.Count(line => line.StartsWith("GET /api/orgs/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sync_BothCredentials_AreRefusedUnlessOneIsChosen()
    {
        // D68: a token left over must not turn a sync of the server into one of an organization.
        await using var grafana = await FourUsersTwoOrganizationsAsync("11.3");
        var token = grafana.AddServiceAccountToken(1);
        using (var both = new InProcessSync { Variables = { ["BATON_API_TOKEN"] = token } })
        {
            Assert.Equal(2, await both.RunAsync(grafana.BaseAddress, TimeProvider.System));
            Assert.Contains("BATON_AUTH_METHOD", both.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(token, both.Error, StringComparison.Ordinal);
        }

        foreach (var (method, organizations) in new[] { ("basic-auth-flow-group", 2), ("api-key-flow-group", 1) })
        {
            using var sync = new InProcessSync { Variables = { ["BATON_API_TOKEN"] = token, ["BATON_AUTH_METHOD"] = method } };
            Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System) == 0, sync.Error);
            using var file = sync.Open();
            Assert.Equal(organizations, file.Read(file.Syncs.LatestFinished()!).CountResources("org"));
        }
    }

    [Fact]
    public async Task Sync_SettingsPastedWithSpacesAndLineBreaks_AreGood()
    {
        await using var grafana = await FourUsersTwoOrganizationsAsync("11.3");
        using var basic = new InProcessSync
        {
            Variables = { ["BATON_HOSTNAME"] = $"{grafana.BaseAddress}\n", ["BATON_USERNAME"] = "admin\n", ["BATON_PASSWORD"] = $"{TestConnector.Password}\r\n" },
        };
        using var token = new InProcessSync { Variables = { ["BATON_HOSTNAME"] = $"{grafana.BaseAddress}", ["BATON_API_TOKEN"] = $" {grafana.AddServiceAccountToken(1)} \n" } };

        Assert.True(await basic.RunAsync(TimeProvider.System, ["--file", basic.File]) == 0, basic.Error);
        Assert.True(await token.RunAsync(TimeProvider.System, ["--file", token.File]) == 0, token.Error);
    }

    private static async Task<FakeGrafana> FourUsersTwoOrganizationsAsync(string version)
    {
        var grafana = await TestConnector.StartAsync(version);
        foreach (var (login, name) in new[] { ("alice", "Alice Example"), ("bob", "Bob Example"), ("carol", "Carol Example") })
        {
            grafana.AddMember(1, grafana.AddUser(login, name: name), GrafanaRole.Viewer);
        }

        // In upstream's file the name is title-cased, here as there.
        var platform = grafana.AddOrganization("Platform Team");
        grafana.AddMember(platform, 1, GrafanaRole.Admin);
        grafana.AddMember(platform, 2, GrafanaRole.Editor);
        grafana.AddMember(platform, 3, GrafanaRole.Viewer);
        return grafana;
    }

    private static string Token(FakeGrafana grafana, string version)
        => version is "6.5" or "7.5" ? grafana.AddApiKey(1, GrafanaRole.Admin) : grafana.AddServiceAccountToken(1);

    private static List<JsonNode> Upstream(JsonNode listings, string listing, string rows, string message)
        => [.. listings[listing]![rows]!.AsArray().Select(row => row![message]!)];

    private static List<JsonNode> Ours(IEnumerable<IMessage> messages)
    {
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));
        return [.. messages.Select(message => JsonNode.Parse(formatter.Format(message))!)];
    }

    private static List<JsonNode> Where(IEnumerable<JsonNode> rows, string prefix)
        => [.. rows.Where(row => $"{Id(row)}:".StartsWith(prefix.EndsWith(':') ? prefix : $"{prefix}:", StringComparison.Ordinal))];

    private static string Id(JsonNode row)
        => row["id"] is JsonObject id ? $"{id["resourceType"]}:{id["resource"]}" : (string)row["id"]!;

    /// <summary>Every leaf by its path, with its JSON type: a number and a text that look alike differ. Annotations go by their type.</summary>
    private static SortedDictionary<string, string> Flatten(string path, JsonNode? node)
    {
        var leaves = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(path, node);
        return leaves;

        void Add(string at, JsonNode? value)
        {
            switch (value)
            {
                case JsonObject members:
                    foreach (var (name, member) in members)
                    {
                        Add($"{at}.{name}", member);
                    }

                    break;
                case JsonArray items when at.EndsWith(".annotations", StringComparison.Ordinal):
                    foreach (var item in items)
                    {
                        Add($"{at}.{((string)item!["@type"]!).Split('.')[^1]}", item);
                    }

                    break;
                case JsonArray items:
                    for (var index = 0; index < items.Count; index++)
                    {
                        Add($"{at}.{index}", items[index]);
                    }

                    break;
                default:
                    leaves[at] = value?.ToJsonString() ?? "null";
                    break;
            }
        }
    }
}
