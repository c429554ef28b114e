using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Accounts;

public sealed class UserSyncerTests
{
    private static readonly string[] AllKeys = ["email", "full_name", "login", "user_id"];

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("10.1")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task List_OddAccounts_ComeAsTheyAre(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        (string Login, string Email, string Name)[] odd =
        [
            ("svc-noemail", "svc-noemail", ""),
            ("no-mail", "", "No Mail"),
            ("zoë", "zoë@example.com", "Zoë Ünïcode 山田 🦊"),
            ("with space", "space@example.com", "  padded  "),
            ("UPPER", "Upper@Example.com", "<script>\"&'"),
            ("o'brien:x/y", "ob@example.com", "tab\tnewline\nend"),
        ];
        foreach (var (login, email, name) in odd)
        {
            grafana.AddUser(login, email, name);
        }

        await using var connector = await TestConnector.ConnectAsync(grafana);
        var users = (await connector.ListUsersAsync()).ToDictionary(user => user.DisplayName, StringComparer.Ordinal);

        Assert.Equal(odd.Length + 1, users.Count);
        foreach (var (login, email, name) in odd)
        {
            var profile = users[login].Profile.Fields;
            Assert.Equal((login, email, name), (profile["login"].StringValue, profile["email"].StringValue, profile["full_name"].StringValue));
            Assert.Empty(AllKeys.Except(profile.Keys, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task List_WhatReviewersNeed_IsThere(string version)
    {
        // D54, D55
        await using var grafana = await TestConnector.StartAsync(version);
        var seen = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        var created = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var active = grafana.AddUser(new UserSeed("active") { LastSeen = seen, Created = created, IsServerAdmin = true });
        var never = grafana.AddUser(new UserSeed("never") { Created = created, IsDisabled = true });
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var one = await connector.UserAsync(active);
        var other = await connector.UserAsync(never);

        Assert.Equal(seen, Trait(one).LastLogin.ToDateTimeOffset());
        Assert.Null(Trait(other).LastLogin);
        Assert.True(one.Profile.Fields["is_grafana_admin"].BoolValue);
        Assert.False(other.Profile.Fields["is_grafana_admin"].BoolValue);
        Assert.Equal("active", Trait(one).Login);
        Assert.Equal(Protocol.Connector.V2.Status.Types.ResourceStatus.Disabled, other.Status.Status_);
        Assert.Equal(version == "6.5" ? null : created, one.CreatedAt?.ToDateTimeOffset());
        Assert.Equal(version != "6.5", one.Profile.Fields.ContainsKey("uid"));
        Assert.Equal(version == "12.1", one.Profile.Fields.ContainsKey("is_provisioned"));
    }

    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task List_ServiceAccounts_AreNoUsers(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var robot = grafana.AddServiceAccount(1, "robot", GrafanaRole.Editor);
        var token = grafana.AddServiceAccountToken(1);

        foreach (var credential in new[] { null, token })
        {
            await using var connector = await TestConnector.ConnectAsync(grafana, credential);

            Assert.Equal(["admin"], (await connector.ListUsersAsync()).Select(user => user.DisplayName));
            Assert.Equal(["org:1:Admin:user:1"], (await connector.ListGrantsAsync(1)).Select(grant => grant.Id));
            Assert.Null(await connector.Users.GetResourceAsync(Ids.Resource("user", $"{robot}"), null, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task List_AuthLabels_AreJoined()
    {
        await using var grafana = await TestConnector.StartAsync();
        var ada = grafana.AddUser(new UserSeed("ada") { AuthModule = "oauth_github" });
        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.Equal("GitHub", (await connector.UserAsync(ada)).Profile.Fields["auth_labels"].StringValue);
        Assert.False((await connector.UserAsync(1)).Profile.Fields.ContainsKey("auth_labels"));
    }

    [Theory]
    [InlineData("""{"totalCount":1,"users":[{"id":"7","login":"old","isAdmin":false,"authLabels":null}]}""")]
    [InlineData("""{"totalCount":1,"users":[{"id":7,"login":"old","name":null,"email":null,"unknown":{"a":[1]},"isAdmin":true,"isDisabled":null}]}""")]
    public async Task List_NullsAndNumbersInQuotes_AreRead(string body)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/users/search").Respond(200, body);

        var user = Assert.Single(await connector.ListUsersAsync());

        Assert.Equal(("7", "old"), (user.Id.Resource, user.DisplayName));
        Assert.Equal("", user.Profile.Fields["email"].StringValue);
    }

    [Theory]
    [InlineData("""{"users":[]}""")]
    [InlineData("""{"totalCount":1}""")]
    [InlineData("""{"totalCount":1,"users":[{"login":"no-id"}]}""")]
    [InlineData("""{"totalCount":1,"users":[null]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task List_AnotherShape_IsNoEmptyListing(string body)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/users/search").Respond(200, body);

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Contains("/api/users/search", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line ,", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"totalCount":0,"users":null}""", true)]
    [InlineData("""{"totalCount":1,"users":null}""", false)]
    public async Task List_NullInsteadOfRows_IsEmptyOnlyWhenThereAreNone(string body, bool good)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/users/search").Respond(200, body);

        if (good)
        {
            Assert.Empty(await connector.ListUsersAsync());
        }
        else
        {
            Assert.Contains("does not add up", (await connector.ListUsersFailsAsync()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Type_IsUpstreams()
    {
        var type = UserSyncer.UserType;

        Assert.Equal(("user", "User"), (type.Id, type.DisplayName));
        Assert.Equal([ResourceType.Types.Trait.User], type.Traits);
        Assert.True(Annotations.Has(type.Annotations, SkipEntitlementsAndGrants.Descriptor));
    }

    private static UserTrait Trait(Resource resource) => Annotations.Find<UserTrait>(resource.Annotations)!;
}
