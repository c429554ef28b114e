using Baton.Grafana.Organizations;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Invitations that Grafana refuses, or does half of.</summary>
public sealed class MemberInvitationFailureTests
{
    private const string Invitations = "^/api/org/invites$";

    private static readonly FakeGrafanaOptions Mail = new() { SmtpEnabled = true };

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("12.1")]
    public async Task Create_MailIsNotConfigured_WithdrawsTheInvitationEachTime(string version)
    {
        // D28
        await using var rig = await AccountRig.WithTokenAsync(version);
        for (var time = 1; time <= 2; time++)
        {
            var refused = await rig.CreateFailsAsync();

            Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
            Assert.Equal(
                "grafana-connector: cloud: Grafana cannot send mail ([smtp] is not configured), so ada@example.com was not told. The invitation was withdrawn again. "
                + "Configure mail, or set --invite-by-mail=false and hand the link over that Grafana shows under Administration > Users",
                refused.Message);
            Assert.Empty(rig.Grafana.PendingInvites(2));
            Assert.Equal(2 * time, rig.Writes.Count);
        }
    }

    [Fact]
    public async Task Create_MailIsNotConfiguredAndWithdrawingFails_SaysWhichIsLeft()
    {
        await using var rig = await AccountRig.WithTokenAsync();
        rig.Grafana.Faults.On("PATCH", "^/api/org/invites/").Respond(403);

        var refused = await rig.CreateFailsAsync();

        Assert.Contains("Withdraw invitation 1 in Grafana: it could not be done here.", refused.Message, StringComparison.Ordinal);

        // Later nobody takes it for one that was sent.
        rig.Grafana.Faults.Clear();
        Assert.Contains("No mail was sent", (await rig.PendingAsync()).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_MailFails_TellsThatTheInvitationIsThereUnsent()
    {
        await using var rig = await AccountRig.WithTokenAsync(policy: new() { InviteByMail = false });
        rig.Grafana.Faults.On("POST", Invitations).AfterEffect().Respond(500, """{"message":"Failed to send email invite"}""");

        var pending = await rig.PendingAsync();

        Assert.StartsWith("ada@example.com was invited, but Grafana says: Failed to send email invite, as Viewer of platform team", pending.Summary, StringComparison.Ordinal);
        Assert.Contains("No mail was sent: a Grafana administrator must hand over the invitation link", pending.Summary, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("12.1")]
    public async Task Create_MailToSomebodyWithAnAccountFails_IsAMemberAllTheSame(string version)
    {
        // The fake sends "Failed to send email invited_to_org" of itself.
        await using var rig = await AccountRig.WithTokenAsync(version);
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);

        var created = await rig.CreatedAsync();

        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(2, ada));
        Assert.Contains("ada had an account already and is Viewer of organization 2", created.Summary, StringComparison.Ordinal);
        Assert.Equal(500, rig.Grafana.Requests.All.Single(request => request.Method == "POST").Status);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("12.1")]
    public async Task Create_LoginFormIsDisabled_SaysWhatElseCanBeDone(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail with { DisableLoginForm = true });

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains("Grafana's login form is disabled ([auth] disable_login_form), so only people who have an account can be added, and ada@example.com has none", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.PendingInvites(2));

        rig.Grafana.AddUser("ada");
        await rig.CreatedAsync();
    }

    [Fact]
    public async Task Create_QuotaIsReached_IsResourceExhausted()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail with { Quotas = new() { OrgUser = 1 } });

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(
            (StatusCode.ResourceExhausted, "grafana-connector: cloud: organization 2 (platform team) is full: org_user Quota reached; raise the quota in Grafana"),
            (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Create_RoleAboveTheTokens_SaysWhatTheTokenNeeds()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail, policy: new() { DefaultRole = OrganizationRole.Admin });
        rig.Grafana.Faults.On("POST", Invitations).Respond(403, """{"message":"Cannot assign a role higher than user's role"}""");

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(
            (StatusCode.PermissionDenied,
                "grafana-connector: cloud: Grafana forbids the invitation: Cannot assign a role higher than user's role; the service account needs org.users:add (scope users:*) and at least the role Admin"),
            (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Create_RoleThatTheServerHasNot_InvitesNobody()
    {
        await using var rig = await AccountRig.WithTokenAsync("9.4", Mail, new() { DefaultRole = OrganizationRole.None });

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains("--default-org-role=None needs Grafana 10.2", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData("1", "invalid organization ID: the token is one of organization 2 (platform team) and cannot invite into organization 1")]
    [InlineData("99", "invalid organization ID: the token is one of organization 2 (platform team) and cannot invite into organization 99")]
    public async Task Create_OtherOrganization_IsRefused(string org, string message)
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);

        var refused = await rig.CreateFailsAsync(AccountRig.Info(org: org));

        Assert.Equal((StatusCode.InvalidArgument, $"grafana-connector: cloud: {message}"), (refused.Code, refused.Message));
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("12.1")]
    public async Task Create_MemberIsHidden_SaysThatItIsThere(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail with { HiddenUsers = ["ada"] });
        rig.Grafana.AddMember(2, rig.Grafana.AddUser("ada"), GrafanaRole.Viewer);

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.AlreadyExists, refused.Code);
        Assert.Contains("is already added to organization\", but does not show the token that member ([users] hidden_users)", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.PendingInvites(2));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("12.1")]
    public async Task Create_SomebodyIsFasterToAdd_IsThere(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        rig.Grafana.Faults.On("POST", Invitations).Run(_ => rig.Grafana.AddMember(2, rig.Grafana.AddUser("ada"), GrafanaRole.Editor));

        Assert.StartsWith("ada is a member already, as Editor", (await rig.ExistsAsync()).Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", "reset")]
    [InlineData("12.1", "reset")]
    [InlineData("12.1", "gateway")]
    [InlineData("12.1", "portal")]
    [InlineData("12.1", "half")]
    public async Task Create_AnswerIsLost_FindsTheInvitation(string version, string loss)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        var fault = rig.Grafana.Faults.On("POST", Invitations).AfterEffect();
        _ = loss switch { "reset" => fault.Reset(), "gateway" => fault.Respond(504), "portal" => fault.HtmlPage(), _ => fault.Truncate() };

        var pending = await rig.PendingAsync();

        Assert.StartsWith("ada@example.com was invited, although Grafana's answer was lost, as Viewer of platform team", pending.Summary, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
        Assert.Contains(rig.Logs.Lines, line => line.StartsWith("Information: person invited inviteId=1 role=Viewer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_AnswerToAddingIsLost_FindsTheMember()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        rig.Grafana.AddUser("ada");
        rig.Grafana.Faults.On("POST", Invitations).AfterEffect().Reset();

        Assert.Equal("ada", (await rig.CreatedAsync()).Account.DisplayName);
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_NoAnswerAndNoEffect_SaysThatNobodyIsInvited()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        rig.Grafana.Faults.On("POST", Invitations).Once().Reset();

        var failed = await rig.CreateFailsAsync();

        Assert.Equal((StatusCode.Unavailable, true), (failed.Code, failed.IsTransient));
        Assert.EndsWith("; read back, ada@example.com is not invited", failed.Message, StringComparison.Ordinal);

        await rig.PendingAsync();
        Assert.Equal([AccountRig.Email], rig.Grafana.PendingInvites(2));
    }

    [Fact]
    public async Task Create_CannotBeReadBack_SaysThatItWasSent()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        rig.Grafana.Faults.On("GET", Invitations).From(2).Respond(403);

        var failed = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.PermissionDenied, failed.Code);
        Assert.StartsWith(
            "grafana-connector: Grafana said \"Sent invite to ada@example.com\", but what came of it could not be read back: ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SaysInvitedAndNothingIsThere_IsNoSuccess()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        rig.Grafana.Faults.On("POST", Invitations).Respond(200, """{"message":"Sent invite to ada@example.com"}""");

        var failed = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.Aborted, failed.Code);
        Assert.Contains("read back there is neither a member nor an invitation for ada@example.com", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_InvitationsCannotBeListed_InvitesNobody()
    {
        // Otherwise each try would leave another one.
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        rig.Grafana.Faults.On("GET", Invitations).Respond(500);

        Assert.Equal(StatusCode.Unavailable, (await rig.CreateFailsAsync()).Code);
        Assert.Empty(rig.Writes);
    }
}
