using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>Finding the account that a request is about, and adding that one and no other.</summary>
public sealed class WhoIsMeantTests
{
    private const string Platform = "organization 2 (platform team)";

    // Before 8 Grafana does not say whom it added.
    public static TheoryData<string> Versions => ["6.5", "7.5", "9.4", "11.3"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Administrator_LoginIsAnothersAddress_IsAddedByTheAddress(string version)
    {
        // D9
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        var victim = rig.Grafana.AddUser("mallory", "shared@example.com");
        var user = rig.Grafana.AddUser("shared@example.com", "own@example.com");

        await rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(user, "shared@example.com"));

        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, user));
        Assert.Null(rig.Grafana.RoleOf(rig.Platform, victim));
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Administrator_NoTextMeansTheAccount_IsRefusedBeforeAnyWrite(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        rig.Grafana.AddUser("mallory", "shared@example.com");
        var user = rig.Grafana.AddUser("shared@example.com", "");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(user, "shared@example.com")));

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"takes the login and the address of account {user} (shared@example.com) for another account", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("quote\"and\\backslash")]
    [InlineData("Zoë Ødegård")]
    [InlineData("plus+and&ampersand=x?y#z")]
    [InlineData("a/b:c")]
    public async Task AnyAccess_OddLogin_IsFoundAndAdded(string login)
    {
        foreach (var access in new[] { Access.Administrator, Access.Token })
        {
            await using var rig = await RoleRig.StartAsync(access);
            var user = rig.Grafana.AddUser(login, "odd@example.com");

            await rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(user, login));
            Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(rig.Platform, user));

            var up = await rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Editor"), RoleRig.Principal(user, login));
            Assert.Equal([$"GrantReplaced org:2:Viewer:user:{user}"], RoleRig.Told(up));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Administrator_RenamedBetweenLookingAndAdding_IsAddedByTheNewLogin(string version)
    {
        // Status 404 of the decision table: renamed, so look again.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        rig.Grafana.Faults.On("POST", "").Once().Run(_ => rig.Grafana.RenameUser(rig.Ada, "ada.lovelace", "ada.lovelace@example.com"));

        await rig.GrantAsync("Editor");

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Equal([404, 200], rig.Grafana.Requests.All.Where(request => request.Method == "POST").Select(request => request.Status));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Administrator_RenamedToWhatAMemberIsCalled_IsAddedByTheNewLogin(string version)
    {
        // 409, but about somebody else.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        rig.Grafana.Faults.On("POST", "").Once().Run(_ =>
        {
            rig.Grafana.RenameUser(rig.Ada, "ada.lovelace", "ada.lovelace@example.com");
            rig.Grafana.RenameUser(rig.Boss, "ada", "ada@example.com");
        });

        await rig.GrantAsync("Editor");

        Assert.Equal((GrafanaRole.Editor, GrafanaRole.Admin), (rig.Role, rig.Grafana.RoleOf(rig.Platform, rig.Boss)));
        Assert.Equal([409, 200], rig.Grafana.Requests.All.Where(request => request.Method == "POST").Select(request => request.Status));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Administrator_LoginTakenOverBetweenLookingAndAdding_IsUndone(string version)
    {
        // D9: the wrong one was added, and is removed again.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        var other = TakeOver(rig);

        var refusal = await rig.GrantFailsAsync("Admin");

        Assert.Equal((StatusCode.Aborted, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"took 'ada' for account {other} and not for 3", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"account {other} was removed from there again, and nothing else changed", refusal.Message, StringComparison.Ordinal);
        Assert.Null(rig.Grafana.RoleOf(rig.Platform, other));
        Assert.Null(rig.Role);
        Assert.Equal(["POST /api/orgs/2/users", $"DELETE /api/orgs/2/users/{other}"], rig.Grafana.Requests.Writes);

        // And again, now that it is settled.
        await rig.GrantAsync("Admin");
        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Theory]
    [InlineData("6.5", 500)]
    [InlineData("11.3", 500)]
    [InlineData("11.3", 401)]
    [InlineData("11.3", 503)]
    public async Task Administrator_UndoingFails_SaysWhoIsToBeRemoved(string version, int status)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        var other = TakeOver(rig);
        rig.Grafana.Faults.On("DELETE", "").Respond(status);

        var refusal = await rig.GrantFailsAsync("Admin");

        Assert.Equal(StatusCode.Aborted, refusal.Code);
        Assert.Contains($"account {other}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"made it a member of {Platform}, and removing it again failed (", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Remove that member in Grafana", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, other));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Administrator_UndoneDespiteALostAnswer_SaysSo(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        var other = TakeOver(rig);
        rig.Grafana.Faults.On("DELETE", "").AfterEffect().Reset();

        var refusal = await rig.GrantFailsAsync("Admin");

        Assert.Contains("was removed from there again", refusal.Message, StringComparison.Ordinal);
        Assert.Null(rig.Grafana.RoleOf(rig.Platform, other));
    }

    [Fact]
    public async Task Administrator_RenamedAfterBeingAdded_IsNoReasonToRemoveAnybody()
    {
        // 6.5 does not say whom it added: the new owner of the login was not, and stays what it is.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, "6.5");
        var other = rig.Grafana.AddUser("bob");
        rig.Grafana.AddMember(rig.Platform, other, GrafanaRole.Editor);
        rig.Grafana.Faults.On("GET", "/users/3/orgs").Nth(2).Run(_ =>
        {
            rig.Grafana.RenameUser(rig.Ada, "ada.lovelace", "ada.lovelace@example.com");
            rig.Grafana.RenameUser(other, "ada", "ada@example.com");
        });

        await rig.GrantAsync("Editor");

        Assert.Equal((GrafanaRole.Editor, GrafanaRole.Editor), (rig.Role, rig.Grafana.RoleOf(rig.Platform, other)));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Administrator_AccountWithoutAnyOrganization_IsAdded(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        rig.Grafana.RemoveMember(1, rig.Ada);

        await rig.GrantAsync("Viewer");

        Assert.Equal(GrafanaRole.Viewer, rig.Role);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Administrator_UnknownAccount_IsNotFound(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(4711, "ada")));

        // Known by a login that is another's: the id is what counts.
        Assert.Equal((StatusCode.NotFound, "grafana-connector: Grafana has no account 4711"), (refusal.Code, refusal.Message));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Administrator_UnknownOrganization_IsNotFound(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(99, "Viewer"), RoleRig.Principal(rig.Ada, "ada")));

        Assert.Equal((StatusCode.NotFound, "grafana-connector: Grafana has no organization 99"), (refusal.Code, refusal.Message));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Administrator_OrganizationGoesBetweenReadingAndAdding_IsNotFound()
    {
        // Grafana says 500.
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.Faults.On("POST", "").Run(_ => rig.Grafana.RemoveOrganization(rig.Platform));

        var refusal = await rig.GrantFailsAsync("Viewer");

        Assert.Equal(StatusCode.NotFound, refusal.Code);
        Assert.Contains("organization 2 was deleted meanwhile", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrator_AccountGoesBetweenReadingAndChanging_IsNotFound()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "").Run(_ => rig.Grafana.RemoveUser(rig.Ada));

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal(StatusCode.NotFound, refusal.Code);
        Assert.Contains("account 3 was deleted meanwhile", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task Token_OtherOrganization_IsRefusedAndNothingElseAsked(string version)
    {
        // D12
        await using var rig = await RoleRig.StartAsync(Access.Token, version);
        var (entitlement, ada) = (RoleRig.Entitlement(1, "Viewer"), RoleRig.Principal(rig.Ada, "ada"));

        var grant = await Assert.ThrowsAsync<ConnectorException>(() => rig.GrantAsync(entitlement, ada));
        var revoke = await Assert.ThrowsAsync<ConnectorException>(() => rig.RevokeAsync(RoleRig.Grant(entitlement, ada)));

        foreach (var refusal in new[] { grant, revoke })
        {
            Assert.Equal((StatusCode.InvalidArgument, false), (refusal.Code, refusal.IsTransient));
            Assert.Contains("the token is one of organization 2 (platform team) and cannot change organization 1", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["GET /api/health", "GET /api/org", "GET /api/health", "GET /api/org"], rig.Grafana.Requests.Lines);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(1, rig.Ada));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Token_RememberedByAddressOnly_IsFoundByIt(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);

        await rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Editor"), RoleRig.Principal(rig.Ada, email: "ada@example.com"));

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.DoesNotContain("GET /api/org/users", rig.Grafana.Requests.Lines);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Token_RenamedMember_IsFoundByReadingThemAll(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.RenameUser(rig.Ada, "countess", "countess@example.com");

        var outcome = await rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Editor"), RoleRig.Principal(rig.Ada, "ada", "ada@example.com"));

        Assert.Equal(["GrantReplaced org:2:Viewer:user:3"], RoleRig.Told(outcome));
        Assert.Contains("countess is Editor", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("GET /api/org/users", rig.Grafana.Requests.Lines);

        Assert.Empty(RoleRig.Told(await rig.RevokeAsync("Editor")));
        Assert.Null(rig.Role);
    }

    [Fact]
    public async Task Token_SomebodyElseHasTheLoginNow_IsNotTakenForTheAccount()
    {
        await using var rig = await RoleRig.StartAsync(Access.Token);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.RenameUser(rig.Ada, "countess", "countess@example.com");
        var other = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(rig.Platform, other, GrafanaRole.Admin);

        await rig.RevokeAsync("Viewer");

        Assert.Null(rig.Role);
        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, other));
    }

    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task Token_MembersAreHidden_AbsenceIsNotTakenForRevoked(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version, new FakeGrafanaOptions { HiddenUsers = ["ada"] });
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);

        foreach (var refusal in new[] { await rig.RevokeFailsAsync("Admin"), await rig.GrantFailsAsync("Viewer") })
        {
            Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
            Assert.Contains("counts 2 members but shows the token 1", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("hidden_users", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task Token_OthersAreHidden_WhoWasShownCanBeRevoked(string version)
    {
        // Somebody hidden must not keep the token from seeing that a member whom it removed is gone.
        await using var rig = await RoleRig.StartAsync(Access.Token, version, new FakeGrafanaOptions { HiddenUsers = ["boss"] });
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Null(rig.Role);
        Assert.Equal("", RoleRig.Verified(outcome));
        Assert.Contains("ada is no longer a member", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7.0", true)]
    [InlineData("11.3", true)]
    [InlineData("6.5", false)]
    public async Task Token_VersionIsHidden_MembersAreFoundAllTheSame(string version, bool isMember)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version, new FakeGrafanaOptions { HideVersion = true });
        if (isMember)
        {
            rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        }

        await rig.GrantAsync("Editor");
        Assert.Equal(GrafanaRole.Editor, rig.Role);

        await rig.RevokeAsync("Editor");
        Assert.Null(rig.Role);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Token_NobodyOfThatName_AsksToInvite(string version)
    {
        // D13
        await using var rig = await RoleRig.StartAsync(Access.Token, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(4711, "ghost", "ghost@example.com")));

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains("Grafana has no account 'ghost', as which we know user 4711; invite the person first (create an account)", refusal.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Token_OnlyTheIdIsKnown_AsksToInviteWithoutAWrite(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(rig.Ada)));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("neither login nor e-mail is known to add it by", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task Token_LoginIsAnothersAddress_IsAddedByTheAddress(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version);
        var victim = rig.Grafana.AddUser("mallory", "shared@example.com");
        var user = rig.Grafana.AddUser("shared@example.com", "own@example.com");

        await rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(user, "shared@example.com", "own@example.com"));

        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, user));
        Assert.Null(rig.Grafana.RoleOf(rig.Platform, victim));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Token_SomebodyElseIsAdded_SaysSoAndLeavesThem(string version)
    {
        // With a token, removing might delete the account.
        await using var rig = await RoleRig.StartAsync(Access.Token, version);
        rig.Grafana.RenameUser(rig.Ada, "countess", "countess@example.com");
        var other = rig.Grafana.AddUser("ada");

        var refusal = await rig.GrantFailsAsync("Viewer");

        Assert.Equal((StatusCode.Aborted, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains(version == "6.5" ? "may have taken 'ada' for another account, so look at the organization's members" : $"took 'ada' for account {other} and not for 3, and made it a member", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(rig.Platform, other));
        Assert.Null(rig.Role);
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Token_AnotherMemberHasTheLogin_SaysSo(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(rig.Ada, "boss")));

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"takes 'boss' for {(version == "6.5" ? "another account" : "account 2")}, a member already, and not for 3", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sync again", refusal.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Requests.Writes);
        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, rig.Boss));
    }

    [Fact]
    public async Task Token_QuotaReached_IsACapacityProblem()
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, options: new FakeGrafanaOptions { Quotas = new GrafanaQuotas { OrgUser = 1 } });

        var refusal = await rig.GrantFailsAsync("Viewer");

        Assert.Equal((StatusCode.ResourceExhausted, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"{Platform} is full: org_user Quota reached; raise the quota in Grafana", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("org.users:write")]
    [InlineData("org.users:remove")]
    public async Task Token_WithoutThePermission_NamesIt(string missing)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        (string, string)[] all = [("orgs:read", ""), ("org.users:read", "users:*"), ("org.users:add", "users:*"), ("org.users:write", "users:*"), ("org.users:remove", "users:*")];
        var token = rig.Grafana.AddServiceAccountToken(rig.Platform, GrafanaRole.Admin, [.. all.Where(permission => permission.Item1 != missing)], "narrow");
        var organizations = rig.Connect(token: token).Organizations;
        var (viewer, editor, ada) = (RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Entitlement(rig.Platform, "Editor"), RoleRig.Principal(rig.Ada, "ada"));

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => missing == "org.users:write"
            ? organizations.GrantAsync(editor, ada, new Change(), TestContext.Current.CancellationToken)
            : organizations.RevokeAsync(RoleRig.Grant(viewer, ada), new Change(), TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.PermissionDenied, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"Permissions needed: {missing}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfALesserRole_CannotGiveMore()
    {
        await using var rig = await RoleRig.StartAsync(Access.Token);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        var token = rig.Grafana.AddServiceAccountToken(
            rig.Platform, GrafanaRole.Editor, [("orgs:read", ""), ("org.users:read", "users:*"), ("org.users:write", "users:*")], "editor");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.Connect(token: token).Organizations.GrantAsync(
            RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(rig.Ada, "ada"), new Change(), TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.PermissionDenied, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains("refuses to give ada the role Admin", refusal.Message, StringComparison.Ordinal);
    }

    // At the moment of adding, ada becomes somebody else's login.
    private static long TakeOver(RoleRig rig)
    {
        var other = rig.Grafana.AddUser("bob");
        rig.Grafana.AddMember(1, other, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("POST", "").Once().Run(_ =>
        {
            rig.Grafana.RenameUser(rig.Ada, "ada.lovelace", "ada.lovelace@example.com");
            rig.Grafana.RenameUser(other, "ada", "ada@example.com");
        });
        return other;
    }
}
