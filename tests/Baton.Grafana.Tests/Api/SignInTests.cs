using Baton.Grafana.Api;
using Baton.Testing.Grafana;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Grafana.Tests.Api;

/// <summary>What is sent with a credential that Grafana has refused: nothing, for a while.</summary>
public sealed class SignInTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_RefusedAgainAndAgain_SignInOnce(bool byToken)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = Create(grafana, byToken, () => "wrong");

        var first = await connector.RefusedAsync();
        var next = await connector.RefusedAsync();
        var listing = await connector.ListUsersFailsAsync();
        _time.Advance(SignIn.RefusedFor - TimeSpan.FromSeconds(1));
        var last = await connector.RefusedAsync();

        Assert.All([first, next, listing, last], refusal =>
        {
            Assert.Equal(StatusCode.Unauthenticated, refusal.Code);
            Assert.False(refusal.IsTransient);
            Assert.StartsWith("Grafana refuses the credential: ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("check the username and password, or the token", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong", refusal.Message, StringComparison.Ordinal);
        });
        Assert.Contains("did so 299 s ago, and is not asked again with the same one for another 1 s", last.Message, StringComparison.Ordinal);
        Assert.Single(grafana.Requests.All);
    }

    [Fact]
    public async Task Requests_ManyAtOnceWithAWrongPassword_SignInOnce()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = Create(grafana, byToken: false, () => "wrong");

        var refusals = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => connector.RefusedAsync()));

        Assert.All(refusals, refusal => Assert.Equal(StatusCode.Unauthenticated, refusal.Code));
        Assert.Single(grafana.Requests.All);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_RefusedSecretReplaced_IsTriedAtOnce(bool byToken)
    {
        await using var grafana = await TestConnector.StartAsync();
        var secret = "wrong";
        await using var connector = Create(grafana, byToken, () => secret);
        await connector.RefusedAsync();

        secret = byToken ? grafana.AddServiceAccountToken(1) : TestConnector.Password;

        await connector.ValidateAsync();
        Assert.Single(grafana.Requests.All, request => request.Status == 401);
    }

    [Fact]
    public async Task Requests_PasswordMendedInGrafana_IsFoundAfterTheInterval()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = Create(grafana, byToken: false, () => "set-in-grafana-later");
        await connector.RefusedAsync();
        _time.Advance(SignIn.RefusedFor);
        await connector.RefusedAsync();
        grafana.SetPassword("admin", "set-in-grafana-later");
        await connector.RefusedAsync();
        Assert.Equal(2, grafana.Requests.All.Count);

        _time.Advance(SignIn.RefusedFor);

        await connector.ValidateAsync();
        Assert.Single(await connector.ListUsersAsync());
        Assert.Equal(2, grafana.Requests.All.Count(request => request.Status == 401));
    }

    [Fact]
    public async Task Requests_PasswordWrongFromNowOn_AreRefusedFromTheFirstAnswerOn()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = Create(grafana, byToken: false, () => TestConnector.Password);
        await connector.ValidateAsync();

        grafana.SetPassword("admin", "changed-by-hand");
        await connector.RefusedAsync();
        await connector.RefusedAsync();

        Assert.Single(grafana.Requests.All, request => request.Status == 401);
    }

    [Fact]
    public async Task Requests_FirstAnswersAreNoAnswers_DoNotKeepTheOthersOut()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = Create(grafana, byToken: false, () => TestConnector.Password);
        grafana.Faults.OnAny().Between(1, 3).Respond(502);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.True((await connector.RefusedAsync()).IsTransient);
        }

        await connector.ValidateAsync();
    }

    // Releases from 11 on may say 401 to an account that was taken out of the organization a moment ago.
    [Fact]
    public async Task Requests_OneOrganizationRefuses_TheOthersAreReadOn()
    {
        await using var grafana = await TestConnector.StartAsync();
        using var http = Baton.Sdk.Http.ConnectorHttp.Create(new());
        using var client = new GrafanaClient(
            http, grafana.BaseAddress, new SignIn(Credential.Basic("admin", TestConnector.Password), _time), TimeSpan.FromMinutes(5), _time, new CollectedLogs());
        var cancellation = TestContext.Current.CancellationToken;
        await client.GetSignedInUserAsync(cancellation);
        grafana.Faults.On("GET", "^/api/org/invites").Once().Respond(401);

        await Assert.ThrowsAsync<Baton.Sdk.Connectors.ConnectorException>(() => client.In(1).ListInvitesAsync(cancellation));

        Assert.Empty(await client.In(1).ListInvitesAsync(cancellation));
    }

    private TestConnector Create(FakeGrafana grafana, bool byToken, Func<string> secret)
        => TestConnector.Create(grafana, byToken ? "wrong" : null, time: _time, change: options => options with { CurrentSecret = secret });
}
