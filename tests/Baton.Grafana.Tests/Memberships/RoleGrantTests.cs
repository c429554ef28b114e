using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

public sealed class RoleGrantTests
{
    private const string Platform = "organization 2 (platform team)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<Access, string> Servers => new([Access.Administrator, Access.Token], ["6.5", "7.5", "9.4", "10.1", "11.3", "12.1"]);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Grant_NotAMember_AddsOnceAndReadsBack(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);

        var outcome = await rig.GrantAsync("Editor");

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("Editor", RoleRig.Verified(outcome));
        Assert.Equal([access == Access.Token ? "POST /api/org/users" : "POST /api/orgs/2/users"], rig.Grafana.Requests.Writes);
        Assert.StartsWith("GET", rig.Grafana.Requests.Lines[^1], StringComparison.Ordinal);
        Assert.StartsWith($"ada is Editor of {Platform}; read back at ", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(1, rig.Ada));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Grant_OtherRole_ChangesInPlaceAndNamesWhatItReplaced(Access access, string version)
    {
        // D1, D4
        await using var rig = await RoleRig.StartAsync(access, version);
        var patch = access == Access.Token ? "PATCH /api/org/users/3" : "PATCH /api/orgs/2/users/3";
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        var team = rig.Grafana.AddTeam(rig.Platform, "on call");
        rig.Grafana.AddTeamMember(team, rig.Ada);

        var up = await rig.GrantAsync("Admin");

        Assert.Equal(GrafanaRole.Admin, rig.Role);
        Assert.Equal(["GrantReplaced org:2:Viewer:user:3"], RoleRig.Told(up));
        Assert.Contains($"ada is Admin of {Platform} (was Viewer)", up.Summary, StringComparison.Ordinal);
        Assert.Equal([patch], rig.Grafana.Requests.Writes);

        var down = await rig.GrantAsync("Editor");

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Equal(["GrantReplaced org:2:Admin:user:3"], RoleRig.Told(down));
        Assert.Equal("Editor", RoleRig.Verified(down));
        Assert.Equal([patch, patch], rig.Grafana.Requests.Writes);
        Assert.Contains(rig.Ada, rig.Grafana.TeamMembers(team));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Grant_SameRole_WritesNothing(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);

        var outcome = await rig.GrantAsync("Editor");

        Assert.Equal(["GrantAlreadyExists"], RoleRig.Told(outcome));
        Assert.Equal("Editor", RoleRig.Verified(outcome));
        Assert.Contains($"ada is already Editor of {Platform}", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_Verified_SaysWhenAndOnWhichGrafanaInAnnotationAndLog(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access, "12.1", new FakeGrafanaOptions { AnnouncedVersion = "12.1.0-90105.patch2" });
        var before = rig.Time.GetUtcNow();

        var outcome = await rig.GrantAsync("Editor");

        var said = Assert.Single(Annotations.All<GrantMetadata>(outcome.Annotations)).Metadata.Fields;
        Assert.Equal(["grafana_version", "verified_at", "verified_role"], said.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("12.1.0-90105.patch2", said["grafana_version"].StringValue);
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", said["verified_at"].StringValue);
        Assert.InRange(Timestamp.Parser.ParseJson($"\"{said["verified_at"].StringValue}\"").ToDateTimeOffset(), before.AddSeconds(-1), rig.Time.GetUtcNow());
        Assert.Contains(rig.Logs.Lines, line => line.Contains("role verified orgId=2 userId=3 verifiedRole=Editor grafanaVersion=12.1.0-90105.patch2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_HiddenVersion_SaysSo(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access, options: new FakeGrafanaOptions { HideVersion = true });

        var outcome = await rig.GrantAsync("None");

        Assert.Equal(GrafanaRole.None, rig.Role);
        Assert.Equal("", Assert.Single(Annotations.All<GrantMetadata>(outcome.Annotations)).Metadata.Fields["grafana_version"].StringValue);
        Assert.EndsWith("Grafana of an unknown version", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Administrator, "11.3")]
    [InlineData(Access.Token, "11.3")]
    [InlineData(Access.Token, "6.5")]
    public async Task Grant_SentRequests_AreFew(Access access, string version)
    {
        // D14 and the table of request counts: two and a look-up to add, two to change, one for each reading back.
        await using var rig = await RoleRig.StartAsync(access, version);
        var connector = rig.Connect();
        var entitlement = RoleRig.Entitlement(rig.Platform, "Editor");
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);

        await connector.Organizations.GrantAsync(entitlement, RoleRig.Principal(rig.Ada, "ada"), new Change(), Cancellation);

        const string search = "GET /api/org/users/search?query=ada&perpage=1000&page=1";
        const string query = "GET /api/org/users?query=ada";
        string[] expected = (access, version) switch
        {
            (Access.Administrator, _) => ["GET /api/health", "GET /api/orgs/2", "GET /api/users/3/orgs", "PATCH /api/orgs/2/users/3", "GET /api/users/3/orgs"],
            (_, "6.5") => ["GET /api/health", "GET /api/org", query, "PATCH /api/org/users/3", query],
            _ => ["GET /api/health", "GET /api/org", search, "PATCH /api/org/users/3", search],
        };
        Assert.Equal(expected, rig.Grafana.Requests.Lines);
        Assert.All(rig.Grafana.Requests.All, request => Assert.False(request.Headers.ContainsKey("X-Grafana-Org-Id")));

        // The version is known by now; nothing else is remembered.
        rig.Grafana.Requests.Clear();
        await connector.Organizations.GrantAsync(entitlement, RoleRig.Principal(rig.Ada, "ada"), new Change(), Cancellation);
        Assert.Equal(expected[1..3], rig.Grafana.Requests.Lines);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task GrantRevokeGrant_InARow_EndsGranted(Access access)
    {
        // D2, E8.3: one process, as fast as it can.
        await using var rig = await RoleRig.StartAsync(access);
        var organizations = rig.Connect().Organizations;
        var (viewer, ada) = (RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(rig.Ada, "ada"));

        for (var round = 0; round < 3; round++)
        {
            Assert.Empty(RoleRig.Told(await organizations.GrantAsync(viewer, ada, new Change(), Cancellation)));
            Assert.Equal(GrafanaRole.Viewer, rig.Role);
            Assert.Empty(RoleRig.Told(await organizations.RevokeAsync(RoleRig.Grant(viewer, ada), new Change(), Cancellation)));
            Assert.Null(rig.Role);
        }

        Assert.Empty(RoleRig.Told(await organizations.GrantAsync(viewer, ada, new Change(), Cancellation)));
        Assert.Equal(GrafanaRole.Viewer, rig.Role);
        Assert.Equal(["GrantAlreadyExists"], RoleRig.Told(await organizations.GrantAsync(viewer, ada, new Change(), Cancellation)));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Grant_LessToTheLastAdmin_IsRefusedBeforeAnyWrite(Access access, string version)
    {
        // D8
        await using var rig = await RoleRig.StartAsync(access, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(rig.Boss, "boss")));

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"boss is the last Admin of {Platform}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is left without an Admin", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Make somebody else Admin there first", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_LessToAnAdminBesideDisabledOnes_SaysThatTheyAreDisabled(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);
        rig.Grafana.SetDisabled(rig.Boss, isDisabled: true);
        var change = new Change();

        await rig.GrantAsync("Viewer", change);

        Assert.Equal([$"ada is no longer Admin of {Platform}", $"the other Admins of {Platform} are disabled accounts"], change.Effects);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_OtherAdminGoesInBetween_IsStillExplained(Access access)
    {
        // The guard looks first, and somebody else is quicker: Grafana's own 400 means the same.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);
        rig.Grafana.Faults.On("PATCH", "").Once().Run(_ => rig.Grafana.RemoveMember(rig.Platform, rig.Boss));

        var refusal = await rig.GrantFailsAsync("Viewer");

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains($"ada is the last Admin of {Platform}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Theory]
    [InlineData(Access.Administrator, "6.5")]
    [InlineData(Access.Token, "6.5")]
    [InlineData(Access.Administrator, "11.3")]
    [InlineData(Access.Token, "11.3")]
    public async Task Grant_OrganizationWithoutAnyAdmin_SaysThatOneIsNeeded(Access access, string version)
    {
        // Grafana refuses every change but making an Admin there (recorded exchanges 354 to 358).
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.SetRole(rig.Platform, rig.Boss, GrafanaRole.Viewer);

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"{Platform} has no Admin", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada is the last Admin", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(["GrantReplaced org:2:Viewer:user:3"], RoleRig.Told(await rig.GrantAsync("Admin")));
    }

    [Theory]
    [InlineData(Access.Administrator, "9.4")]
    [InlineData(Access.Token, "9.4")]
    [InlineData(Access.Administrator, "10.1")]
    [InlineData(Access.Token, "10.1")]
    public async Task Grant_NoneBeforeItExists_IsRefusedWithoutAWrite(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);

        var refusal = await rig.GrantFailsAsync("None");

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Contains($"Grafana {version}.0 has no role None; it came with 10.2", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_NoneOnAnOldServerThatHidesItsVersion_DoesNotBlameTheLastAdmin(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access, "9.4", new FakeGrafanaOptions { HideVersion = true });
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);

        var refusal = await rig.GrantFailsAsync("None");

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Contains("Invalid role specified", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Theory]
    [InlineData("10.1", Access.Administrator)]
    [InlineData("10.1", Access.Token)]
    [InlineData("12.1", Access.Administrator)]
    [InlineData("12.1", Access.Token)]
    public async Task Grant_ExternallySynced_ExplainsWhatToSwitchOn(string version, Access access)
    {
        // D19: changed in place or not at all, with where to change it instead.
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.SetAuthModule(rig.Ada, "oauth_github");

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains("decides on the role of ada", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("skip_org_role_sync = true", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[auth.<provider>], [auth.ldap], [auth.saml] or [auth.jwt]", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Viewer, rig.Role);
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("403", """{"statusCode":403,"messageId":"org.externallySynced","message":"nein"}""", StatusCode.FailedPrecondition, "skip_org_role_sync")]
    [InlineData("403", """{"message":"Cannot change role for externally synced user"}""", StatusCode.FailedPrecondition, "skip_org_role_sync")]
    [InlineData("403", """{"message":"Cannot assign a role higher than user's role"}""", StatusCode.PermissionDenied, "role Editor: Cannot assign a role higher than user's role; give the credential at least that role")]
    [InlineData("403", """{"title":"Access denied","message":"You'll need additional permissions to perform this action. Permissions needed: org.users:write","accessErrorId":"ACE1"}""", StatusCode.PermissionDenied, "org.users:write")]
    [InlineData("403", """{"message":"user Quota reached"}""", StatusCode.ResourceExhausted, "organization 2 (platform team) is full: user Quota reached; raise the quota")]
    [InlineData("403", "", StatusCode.PermissionDenied, "Grafana forbids it: permission denied; the credential needs")]
    [InlineData("500", """{"message":"database is locked"}""", StatusCode.Unavailable, "with 500: database is locked; read back, nothing changed")]
    [InlineData("500", """{"message":"org 404 412 user already exists, Quota reached, externally synced"}""", StatusCode.Unavailable, "nothing changed")]
    [InlineData("500", "", StatusCode.Unavailable, "with 500; read back, nothing changed")]
    [InlineData("503", "", StatusCode.Unavailable, "the membership is unchanged")]
    [InlineData("400", """{"message":"bad request data"}""", StatusCode.InvalidArgument, "bad request data")]
    [InlineData("418", """{"message":"no coffee"}""", StatusCode.InvalidArgument, "no coffee")]
    [InlineData("520", "", StatusCode.Unavailable, "520")]
    public async Task Grant_RefusedByGrafana_IsClassifiedByStatusAndState(string status, string body, StatusCode code, string says)
    {
        // D16, D17: the text alone decides nothing.
        foreach (var access in new[] { Access.Administrator, Access.Token })
        {
            await using var rig = await RoleRig.StartAsync(access);
            rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
            rig.Grafana.Faults.On("PATCH", "").Respond(int.Parse(status, null), body);

            var refusal = await rig.GrantFailsAsync("Editor");

            Assert.Equal((code, code == StatusCode.Unavailable), (refusal.Code, refusal.IsTransient));
            Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
            Assert.StartsWith("grafana-connector: ", refusal.Message, StringComparison.Ordinal);
            Assert.Single(rig.Grafana.Requests.Writes);
            Assert.Equal(GrafanaRole.Viewer, rig.Role);
        }
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_CredentialRefusedAtTheWrite_IsNotTriedAgain(Access access)
    {
        // D67: five failures lock the account.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.Faults.On("POST", "").Respond(401, """{"message":"Invalid username or password"}""");

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal((StatusCode.Unauthenticated, false), (refusal.Code, refusal.IsTransient));
        Assert.Equal(1, rig.Grafana.Requests.All.Count(request => request.Status == 401));
        Assert.Null(rig.Role);
    }

    [Fact]
    public async Task Grant_WrongPassword_SendsItOnce()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator, change: options => options with { Password = "wrong" });

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal(StatusCode.Unauthenticated, refusal.Code);
        Assert.Equal(["GET /api/health", "GET /api/orgs/2"], rig.Grafana.Requests.Lines);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_RateLimited_WaitsAsLongAsAskedAndSendsItOnceMore(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "").Once().RateLimit(7);

        var outcome = await rig.GrantAsync("Editor");

        Assert.Equal(["GrantReplaced org:2:Viewer:user:3"], RoleRig.Told(outcome));
        Assert.Equal([TimeSpan.FromSeconds(7)], rig.Time.Waits);
        Assert.Equal(2, rig.Grafana.Requests.Writes.Count);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_MemberGoneBetweenReadingAndChanging_IsAdded(Access access)
    {
        // D10: Grafana says 500 to a change of somebody who is no member.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "").Once().Run(_ => rig.Grafana.RemoveMember(rig.Platform, rig.Ada));

        var outcome = await rig.GrantAsync("Editor");

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal(["PATCH", "POST"], rig.Grafana.Requests.Writes.Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData(Access.Administrator, "6.5")]
    [InlineData(Access.Administrator, "11.3")]
    [InlineData(Access.Token, "6.5")]
    [InlineData(Access.Token, "11.3")]
    public async Task Grant_AddedBySomebodyElseInBetween_ChangesTheirs(Access access, string version)
    {
        // D10: 409, and the role is the other one's.
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.Faults.On("POST", "").Once().Run(_ => rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer));

        var outcome = await rig.GrantAsync("Editor");

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Equal(["GrantReplaced org:2:Viewer:user:3"], RoleRig.Told(outcome));
        Assert.Equal(["POST", "PATCH"], rig.Grafana.Requests.Writes.Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_MembershipThatComesAndGoes_GivesUpHonestly(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.Faults.On("POST", "").Run(_ => rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer));
        rig.Grafana.Faults.On("PATCH", "").Run(_ => rig.Grafana.RemoveMember(rig.Platform, rig.Ada));

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal(["POST", "PATCH", "POST"], rig.Grafana.Requests.Writes.Select(line => line.Split(' ')[0]));
        Assert.Equal(GrafanaRole.Viewer, rig.Role);
        Assert.Equal(StatusCode.Aborted, refusal.Code);
        Assert.Contains($"ada is Viewer of {Platform}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_OverwrittenBeforeItIsReadBack_IsNoSuccess(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("GET", access == Access.Token ? "/org/users/search" : "/users/3/orgs").Nth(2)
            .Run(_ => rig.Grafana.SetRole(rig.Platform, rig.Ada, GrafanaRole.Admin));

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal((StatusCode.Aborted, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"but read back, ada is Admin of {Platform}", refusal.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_CannotBeReadBack_SaysThatItWasSent(Access access)
    {
        // Grafana did it and then went away: whoever reads the error must not think that nothing happened.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("GET", access == Access.Token ? "/org/users/search" : "/users/3/orgs").From(2).Respond(503);

        var refusal = await rig.GrantFailsAsync("Editor");

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Equal((StatusCode.Unavailable, true), (refusal.Code, refusal.IsTransient));
        Assert.Contains("said \"Organization user updated\", but what came of it could not be read back", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("503", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_ManyInOneOrganization_GoOneByOne(Access access)
    {
        // E1: the guard of the last Admin looks, and then acts.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);
        var organizations = rig.Connect().Organizations;
        var viewer = RoleRig.Entitlement(rig.Platform, "Viewer");
        await organizations.GrantAsync(RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(rig.Ada, "ada"), new Change(), Cancellation);
        rig.Grafana.Requests.Clear();

        var outcomes = await Task.WhenAll(
            new[] { (rig.Ada, "ada"), (rig.Boss, "boss") }.Select(async account =>
            {
                try
                {
                    await organizations.GrantAsync(viewer, RoleRig.Principal(account.Item1, account.Item2), new Change(), Cancellation);
                    return "granted";
                }
                catch (ConnectorException refusal) when (refusal.Code == StatusCode.FailedPrecondition)
                {
                    return "refused";
                }
            }));

        Assert.Equal(["granted", "refused"], outcomes.Order(StringComparer.Ordinal));
        Assert.Single(rig.Grafana.Requests.Writes);
        Assert.Equal(1, rig.Grafana.Requests.MaxConcurrency);
    }
}
