using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Passwords and the codes of invitations get nowhere but to Grafana, whatever goes wrong, with everything logged.</summary>
public sealed class AccountSecretsTests
{
    private const string Planted = "Planted-Passw0rd-4711";

    private static readonly FakeGrafanaOptions Mail = new() { SmtpEnabled = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Trouble
        => ["none", "policy", "exists", "400", "401", "403", "412", "500", "503", "reset", "portal", "redirect", "cut", "read back", "places", "cancelled", "dry run"];

    [Theory]
    [MemberData(nameof(Trouble))]
    public async Task Create_OnAServer_SaysNoPassword(string trouble)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(options: new FakeGrafanaOptions { PasswordPolicy = trouble == "policy" });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var creation = rig.Grafana.Faults.On("POST", "^/api/admin/users$");
        _ = trouble switch
        {
            "none" or "policy" or "dry run" => null,
            "exists" => creation.Run(_ => rig.Grafana.AddUser("ada")),
            "reset" => creation.AfterEffect().Reset(),
            "portal" => creation.HtmlPage(),
            "redirect" => creation.RedirectToLogin(),
            "cut" => creation.Truncate(),
            "read back" => rig.Grafana.Faults.On("GET", "^/api/users/3$").Respond(500),
            "places" => rig.Grafana.Faults.On("GET", "^/api/users/3/orgs$").Reset(),
            "cancelled" => creation.Run(_ => cancellation.Cancel()),
            _ => creation.Respond(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture)),
        };
        var password = trouble == "policy" ? "short" + Planted[^6..] : Planted;
        using var given = new CredentialRequest.GivenPassword(Plaintext.FromText("password", password));
        var change = new Change(trouble == "dry run" ? ChangeMode.DryRun : ChangeMode.Carry);
        AccountOutcome? outcome = null;

        var failure = await Record.ExceptionAsync(async () => outcome = await rig.CreateAsync(AccountRig.Info(login: "ada", org: "1"), given, change, cancellation.Token));

        Assert.True((outcome ?? (object?)failure) is not null);
        AssertSilent(rig, outcome, failure, change, [password, TestConnector.Password]);
        Assert.Contains("(secret)", change.Requests[0].ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Withdrawals => ["", "400", "401", "403", "404", "500", "503", "429", "reset", "portal", "redirect", "redirect back", "quoted", "cut", "hang up"];

    [Theory]
    [MemberData(nameof(Withdrawals))]
    public async Task Create_InvitationWithdrawn_SaysNoCode(string trouble)
    {
        // Mail is not configured, so the connector withdraws the invitation by its code.
        await using var rig = await AccountRig.WithTokenAsync();
        var withdrawal = rig.Grafana.Faults.On("PATCH", "^/api/org/invites/");
        var code = await FirstCodeAsync();
        _ = trouble switch
        {
            "" => null,
            "reset" => withdrawal.Reset(),
            "portal" => withdrawal.HtmlPage(),
            "redirect" => withdrawal.RedirectToLogin(),
            "redirect back" => withdrawal.Respond(301, "", ("Location", $"https://grafana.example.com/api/org/invites/{code}/revoke")),
            "quoted" => withdrawal.Respond(404, $$"""{"message":"there is no invite {{code}}"}"""),
            "cut" => withdrawal.Truncate(),
            "hang up" => withdrawal.EmptyBody(),
            _ => withdrawal.Respond(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture)),
        };
        var change = new Change();

        var failure = await rig.CreateFailsAsync(change: change);

        Assert.Equal([code], rig.Grafana.InviteCodes());
        Assert.Equal("PATCH /api/org/invites/(code of 1)/revoke", change.Requests[^1].ToString());
        Assert.Contains(rig.Grafana.Requests.Lines, line => line == $"PATCH /api/org/invites/{code}/revoke");
        AssertSilent(rig, null, failure, change, [.. rig.Grafana.InviteCodes(), "/invite/"]);
    }

    [Fact]
    public async Task Create_AnyInvitation_SaysNoCode()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        await MemberInvitationTests.InviteAsync(rig, "bob@example.com", "Editor");
        rig.Grafana.AddUser("carol");
        foreach (var email in new[] { AccountRig.Email, "bob@example.com", "carol@example.com", AccountRig.Email })
        {
            var change = new Change();

            var outcome = await rig.CreateAsync(AccountRig.Info(email), change: change);

            AssertSilent(rig, outcome, null, change, [.. rig.Grafana.InviteCodes(), "/invite/"]);
        }

        Assert.Equal(2, rig.Grafana.InviteCodes().Count);
    }

    [Fact]
    public async Task Create_InvitationsAreGarbled_SaysNoCode()
    {
        await using var rig = await AccountRig.WithTokenAsync(options: Mail);
        rig.Grafana.Faults.On("GET", "^/api/org/invites$").Respond(200, """[{"id":"the-planted-code","code":"the-planted-code","url":"https://g/invite/the-planted-code"}]""");
        var change = new Change();

        var failure = await rig.CreateFailsAsync(change: change);

        AssertSilent(rig, null, failure, change, ["the-planted-code"]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task CreateUser_WhateverIsAnswered_TheBodyIsWiped(int status)
    {
        using var handler = new KeepingHandler(status);
        using var client = new GrafanaClient(
            new HttpClient(handler), new("http://127.0.0.1/"), new SignIn(Credential.Bearer("t"), TimeProvider.System), TimeSpan.FromMinutes(5), TimeProvider.System, new CollectedLogs());

        await Record.ExceptionAsync(
            () => client.CreateUserAsync(new Change(), new("Ada", "ada@example.com", "ada"), null, Encoding.UTF8.GetBytes(Planted), Cancellation));

        Assert.Contains(Planted, handler.Sent, StringComparison.Ordinal);
        Assert.Equal(handler.Sent.Length, handler.Body.Length);
        Assert.All(handler.Body, letter => Assert.Equal(0, letter));
    }

    // A code follows from the number of the invitation, so another instance tells what the first will be.
    private static async Task<string> FirstCodeAsync()
    {
        await using var other = await AccountRig.WithTokenAsync(options: Mail);
        await MemberInvitationTests.InviteAsync(other, AccountRig.Email, "Viewer");
        return Assert.Single(other.Grafana.InviteCodes());
    }

    private static void AssertSilent(AccountRig rig, AccountOutcome? outcome, Exception? failure, Change change, IReadOnlyList<string> secrets)
    {
        string[] said =
        [
            .. rig.Logs.Lines, $"{failure}", $"{outcome}", $"{outcome?.Summary}",
            .. change.Checks, .. change.Effects, .. change.Requests.Select(request => request.ToString()),
            .. (outcome?.Annotations ?? []).Select(annotation => annotation.ToString()),
            outcome switch
            {
                AccountOutcome.Created created => created.Account.ToString(),
                AccountOutcome.AlreadyExists existing => existing.Account.ToString(),
                AccountOutcome.ActionRequired required => $"{required.Account}",
                _ => "",
            },
        ];
        Assert.Contains(said, line => line.Contains("HTTP request complete", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(said, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    /// <summary>Keeps what was sent, and where it lies.</summary>
    /// <param name="status">What is answered; 0 for nothing.</param>
    private sealed class KeepingHandler(int status) : HttpMessageHandler
    {
        public string Sent { get; private set; } = "";

        /// <summary>The very bytes that the request was made of.</summary>
        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent = await request.Content!.ReadAsStringAsync(cancellationToken);
            Body = BytesOf((ByteArrayContent)request.Content);
            return status == 0
                ? throw new HttpRequestException("gone")
                : new((HttpStatusCode)status) { Content = new StringContent("""{"id":3}""", Encoding.UTF8, "application/json") };
        }

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_content")]
        private static extern ref byte[] BytesOf(ByteArrayContent content);
    }
}
