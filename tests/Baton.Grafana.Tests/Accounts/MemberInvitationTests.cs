using Baton.Grafana.Organizations;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Accounts asked for with a token (D27 to D30): who is a member, who becomes one at once, and who is invited.</summary>
public sealed class MemberInvitationTests
{
    private const string Invitation = "POST /api/org/invites";

    private static readonly FakeGrafanaOptions Mail = new() { SmtpEnabled = true };

    public static TheoryData<string> Versions => ["6.5", "7.3", "7.5", "9.4", "11.3", "12.1", "13.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Create_Stranger_IsInvitedByMailAndToldWhatToDo(string version)
    {
        // D29: who, where, as what, what to do, until when.
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);

        var pending = await rig.PendingAsync(AccountRig.Info(name: "Ada Lovelace"));

        Assert.Equal([AccountRig.Email], rig.Grafana.PendingInvites(2));
        Assert.Equal([Invitation], rig.Writes);
        Assert.Null(pending.Account);
        var until = version == "6.5" ? "" : " before [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC, unless the server sets another limit";
        Assert.Matches($@"^ada@example\.com was invited, as Viewer of platform team at 127\.0\.0\.1\. Follow the link in the mail to set a password{until}\.$", pending.Summary);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Create_StrangerWithoutMail_IsToldWhoHasTheLink(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, policy: new() { InviteByMail = false });

        var pending = await rig.PendingAsync();

        Assert.Equal([AccountRig.Email], rig.Grafana.PendingInvites(2));
        Assert.Contains("No mail was sent: a Grafana administrator must hand over the invitation link", pending.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", "Ada@Example.COM")]
    [InlineData("11.3", "Ada@Example.COM")]
    [InlineData("11.3", AccountRig.Email)]
    public async Task Create_AgainWhileTheInvitationIsPending_SendsNoSecond(string version, string email)
    {
        // D28, E8.12
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        await rig.PendingAsync();

        var again = await rig.PendingAsync(AccountRig.Info(email));

        Assert.StartsWith($"{email} was invited before, and the invitation is pending, as Viewer of platform team", again.Summary, StringComparison.Ordinal);
        Assert.Equal([AccountRig.Email], rig.Grafana.PendingInvites(2));
        Assert.Equal([Invitation], rig.Writes);
    }

    [Fact]
    public async Task Create_InvitedByAPersonWithAnotherRole_TellsThatRole()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        await InviteAsync(rig, AccountRig.Email, "Editor");

        Assert.Contains("as Editor of platform team", (await rig.PendingAsync()).Summary, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_SomebodyElseIsInvited_IsInvitedToo()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        await InviteAsync(rig, "nada@example.com", "Viewer");

        await rig.PendingAsync();

        Assert.Equal(["nada@example.com", AccountRig.Email], rig.Grafana.PendingInvites(2));
    }

    [Theory]
    [InlineData("6.5", 1, "was invited before, and the invitation is pending, as Viewer of platform team at 127.0.0.1. Follow the link in the mail to set a password.")]
    [InlineData("11.3", 2, "was invited, as Viewer of platform team")]
    public async Task Create_InvitationIsTwoDaysOld_IsRenewedWhereItEnded(string version, int invitations, string message)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-2));
        await using var rig = await AccountRig.WithTokenAsync(version, Mail with { Time = clock });
        await rig.PendingAsync();
        clock.Advance(TimeSpan.FromDays(2));

        var again = await rig.PendingAsync();

        Assert.Contains(message, again.Summary, StringComparison.Ordinal);
        Assert.Equal(invitations, rig.Writes.Count);
    }

    [Fact]
    public async Task Create_InvitationOutlivesTheDefaultLimit_DoesNotPromiseThatItWorks()
    {
        // The server has another limit, or has not cleared it away yet.
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        await rig.PendingAsync();
        rig.Grafana.Faults.On("GET", "^/api/org/invites$").Respond(
            200, """[{"id":1,"email":"ada@example.com","role":"Viewer","emailSent":true,"createdOn":"2020-01-01T00:00:00Z","code":"c","url":"u"}]""");

        var again = await rig.PendingAsync();

        Assert.EndsWith(
            "Follow the link in the mail to set a password. It is older than 24 hours, Grafana's default limit: if the link does not work any more, withdraw the invitation in Grafana and ask for the account again.",
            again.Summary,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Create_Member_IsThereAlready(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        var ada = rig.Grafana.AddUser("ada", "ADA@example.com", "Ada Lovelace");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Editor);

        var existing = await rig.ExistsAsync();

        Assert.Equal(ada.ToString(System.Globalization.CultureInfo.InvariantCulture), existing.Account.Id.Resource);
        Assert.Equal("ADA@example.com", existing.Account.Profile.Fields["email"].StringValue);
        Assert.StartsWith("ada is a member already, as Editor; read back at ", existing.Summary, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Create_AccountOfAnotherOrganization_IsAMemberAtOnce(string version)
    {
        // D27
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        var ada = rig.Grafana.AddUser("ada", name: "Ada Lovelace");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Editor);

        var created = await rig.CreatedAsync();

        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(2, ada));
        Assert.Equal(ada.ToString(System.Globalization.CultureInfo.InvariantCulture), created.Account.Id.Resource);
        Assert.StartsWith("ada had an account already and is Viewer of organization 2 (platform team) at once; read back at ", created.Summary, StringComparison.Ordinal);
        Assert.Empty(created.Plaintexts);
        Assert.Empty(rig.Grafana.PendingInvites(2));
        Assert.Equal([Invitation], rig.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Create_MembersLoginIsThePersonsAddress_AddsThePerson(string version)
    {
        // D9: whom Grafana takes the address for is who has it as address.
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        var impostor = rig.Grafana.AddUser(AccountRig.Email, "a-impostor@example.com");
        rig.Grafana.AddMember(2, impostor, GrafanaRole.Viewer);
        var ada = rig.Grafana.AddUser("ada", AccountRig.Email);

        var created = await rig.CreatedAsync();

        Assert.Equal("ada", created.Account.DisplayName);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(2, ada));
        Assert.Equal("ada", (await rig.ExistsAsync()).Account.DisplayName);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Create_MembersLoginIsTheAddressAndNobodysAddress_IsThatMember(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        var ada = rig.Grafana.AddUser(AccountRig.Email, "other@example.com");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);

        Assert.Equal("other@example.com", (await rig.ExistsAsync()).Account.Profile.Fields["email"].StringValue);
        Assert.Empty(rig.Grafana.PendingInvites(2));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Create_LoginOfAnotherOrganizationIsTheAddress_IsAMemberAtOnce(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version, Mail);
        var ada = rig.Grafana.AddUser(AccountRig.Email, "other@example.com");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);

        Assert.Equal("other@example.com", (await rig.CreatedAsync()).Account.Profile.Fields["email"].StringValue);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(2, ada));
    }

    [Fact]
    public async Task Create_GrafanaSaysInOtherWordsWhomItAdded_GoesByTheId()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        var ada = rig.Grafana.AddUser(AccountRig.Email, "other@example.com");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("POST", "^/api/org/invites$").AfterEffect().Respond(200, $$"""{"message":"Added","userId":{{ada}}}""");

        Assert.Equal("other@example.com", (await rig.CreatedAsync()).Account.Profile.Fields["email"].StringValue);
    }

    [Theory]
    [InlineData("Viewer")]
    [InlineData("Editor")]
    [InlineData("None")]
    public async Task Create_DefaultRole_IsTheOneOfTheInvitation(string role)
    {
        // D30
        await using var rig = await AccountRig.WithTokenAsync(options: Mail, policy: new() { DefaultRole = OrganizationRole.Find(role)! });

        Assert.Contains($", as {role} of platform team", (await rig.PendingAsync()).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OrganizationOfTheToken_MayBeSaid()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);

        await rig.PendingAsync(AccountRig.Info(org: "2"));

        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_TwiceAtOnce_IsOneInvitation()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        var connector = rig.Connect();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => connector.Users.CreateAccountAsync(
            AccountRig.Info(), new CredentialRequest.NoPassword(), new Change(), TestContext.Current.CancellationToken)));

        Assert.Equal([AccountRig.Email], rig.Grafana.PendingInvites(2));
    }

    [Fact]
    public async Task Credentials_OfAToken_AreNone()
    {
        await using var rig = await AccountRig.WithTokenAsync();
        var connector = rig.Connect();

        Assert.Equal([CapabilityDetailCredentialOption.NoPassword], connector.Users.Credentials.SupportedCredentialOptions);
        Assert.Equal(CapabilityDetailCredentialOption.NoPassword, connector.Users.Credentials.PreferredCredentialOption);
        Assert.Equal(["set_organization_role"], connector.Connector.Actions.Select(action => action.Schema.Name));
    }

    internal static async Task InviteAsync(AccountRig rig, string email, string role)
    {
        using var boss = rig.Grafana.CreateClient("boss", "s3cret-pass");
        using var body = new StringContent($$"""{"loginOrEmail":"{{email}}","name":"","role":"{{role}}","sendEmail":false}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await boss.PostAsync("api/org/invites", body, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        rig.Grafana.Requests.Clear();
    }
}
