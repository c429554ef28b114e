using System.Globalization;
using System.Net;
using System.Text.Json;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.ServiceAccounts;

public sealed class TokenIssuingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Access.Administrator, "9.4")]
    [InlineData(Access.Administrator, "11.3")]
    [InlineData(Access.Token, "9.4")]
    [InlineData(Access.Token, "12.1")]
    public async Task Issue_ForAServiceAccount_IsATokenThatWorksAndEndsInTime(Access access, string version)
    {
        await using var rig = await ServiceAccountRig.StartAsync(access, version);
        var deadline = rig.Time.GetUtcNow().AddHours(1);

        var issued = await rig.IssueAsync(expiresAt: deadline);

        var (id, name, end) = Assert.Single(rig.Grafana.Tokens(rig.Robot));
        Assert.Equal("c1-req-1", name);
        Assert.InRange(end!.Value, deadline.AddMinutes(-2), deadline);
        Assert.Equal(("service_account_token", $"{rig.Robot}.{id}", "c1-req-1"), (issued.Secret.Id.ResourceType, issued.Secret.Id.Resource, issued.Secret.DisplayName));
        var trait = Annotations.Find<SecretTrait>(issued.Secret.Annotations)!;
        Assert.Equal($"{rig.Robot}", trait.IdentityId.Resource);
        Assert.True(trait.ExpiresAt.ToDateTimeOffset() <= deadline);
        var plaintext = Assert.Single(issued.Plaintexts);
        Assert.Equal(("token", "api_key_v2"), (plaintext.Name, plaintext.Schema));
        var key = Assert.Single(rig.Grafana.TokenKeys(rig.Robot));
        Assert.Equal(
            $$"""{"key_value":"{{key}}","provider":"grafana","base_url":"{{rig.Grafana.BaseAddress.ToString().TrimEnd('/')}}","key_id":"{{id}}","header_name":"Authorization","expires_at":"{{end.Value.UtcDateTime:yyyy-MM-dd}}"}""",
            ServiceAccountRig.Text(plaintext));
        using var client = rig.Grafana.CreateTokenClient(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("api/org", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Issue_NobodySaysWhen_EndsWithinADay()
    {
        await using var rig = await ServiceAccountRig.StartAsync();

        await rig.IssueAsync();

        var end = Assert.Single(rig.Grafana.Tokens(rig.Robot)).Expires!.Value;
        Assert.InRange(end - rig.Time.GetUtcNow(), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Issue_ShortLife_IsNeverForEver()
    {
        // Grafana takes 0 seconds for no end.
        await using var rig = await ServiceAccountRig.StartAsync();

        await rig.IssueAsync(expiresAt: rig.Time.GetUtcNow().AddSeconds(20));

        Assert.NotNull(Assert.Single(rig.Grafana.Tokens(rig.Robot)).Expires);
    }

    [Fact]
    public async Task Issue_InstanceBelowAPath_SaysWhereItIs()
    {
        await using var rig = await ServiceAccountRig.StartAsync(options: new FakeGrafanaOptions { SubPath = "/grafana" });

        var issued = await rig.IssueAsync();

        using var credential = JsonDocument.Parse(ServiceAccountRig.Text(issued.Plaintexts[0]));
        Assert.EndsWith("/grafana", credential.RootElement.GetProperty("base_url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.4", false)]
    [InlineData("11.3", false)]
    [InlineData("9.4", true)]
    [InlineData("11.3", true)]
    public async Task Issue_NameIsThereAlready_MakesNoSecond(string version, bool onlyAtThePost)
    {
        // D63: 409 in Grafana 9, 400 later. Names are the organization's, so that another account may have it.
        await using var rig = await ServiceAccountRig.StartAsync(version: version);
        var other = rig.Grafana.AddServiceAccount(rig.Platform, "other", GrafanaRole.Viewer);
        rig.AddToken("c1-req-1", account: onlyAtThePost ? other : rig.Robot);

        var failure = await rig.IssueFailsAsync();

        Assert.Equal(StatusCode.AlreadyExists, failure.Code);
        Assert.Contains("a token named c1-req-1 is there already", failure.Message, StringComparison.Ordinal);
        Assert.Equal(onlyAtThePost ? 1 : 0, rig.Grafana.Requests.Writes.Count);
        Assert.Equal(onlyAtThePost ? 0 : 1, rig.Grafana.Tokens(rig.Robot).Count);
        Assert.Equal(onlyAtThePost, !failure.Message.Contains("as 2.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issue_TwoAtOnce_MakeOneAndKeepIt()
    {
        // Both have looked and found none; Grafana tells one of them that the name is taken, or fails on its index.
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("POST", "/tokens$").Once().Run(_ => rig.AddToken("c1-req-1"));
        rig.Grafana.Faults.On("POST", "/tokens$").Respond(500);

        var failure = await rig.IssueFailsAsync();

        Assert.Equal(StatusCode.AlreadyExists, failure.Code);
        Assert.Single(rig.Grafana.Tokens(rig.Robot));
        Assert.DoesNotContain(rig.Grafana.Requests.Writes, line => line.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issue_NoSuchAccountOrADisabledOne_IsRefused()
    {
        await using var rig = await ServiceAccountRig.StartAsync();

        var none = await rig.IssueFailsAsync(identity: 99);
        rig.Grafana.SetServiceAccountDisabled(rig.Robot, true);
        var disabled = await rig.IssueFailsAsync();

        Assert.Equal((StatusCode.NotFound, StatusCode.FailedPrecondition), (none.Code, disabled.Code));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Issue_ListIsCut_IsRefusedBeforeAnythingIsMade()
    {
        await using var rig = await ServiceAccountRig.StartAsync(version: "9.4");
        for (var number = 0; number < 300; number++)
        {
            rig.AddToken($"a{number:d4}");
        }

        var failure = await rig.IssueFailsAsync();

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Issue_LastThatIsListed_IsMade()
    {
        await using var rig = await ServiceAccountRig.StartAsync(version: "9.4");
        for (var number = 0; number < 299; number++)
        {
            rig.AddToken($"a{number:d4}");
        }

        await rig.IssueAsync();

        Assert.Equal(300, rig.Grafana.Tokens(rig.Robot).Count);
    }

    [Theory]
    [InlineData("seconds")]
    [InlineData("days")]
    public async Task Issue_LongerThanTheServerAllows_SaysWhichSetting(string limit)
    {
        await using var rig = await ServiceAccountRig.StartAsync(options: limit == "seconds"
            ? new FakeGrafanaOptions { ApiKeyMaxSecondsToLive = 3600 }
            : new FakeGrafanaOptions { TokenExpirationDayLimit = 1 });

        var failure = await rig.IssueFailsAsync(expiresAt: rig.Time.GetUtcNow().AddDays(3));

        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Contains("api_key_max_seconds_to_live", failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Tokens(rig.Robot));
    }

    [Theory]
    [InlineData(403, "", StatusCode.PermissionDenied, "serviceaccounts:write")]
    [InlineData(403, "api_key Quota reached", StatusCode.ResourceExhausted, "raise the quota")]
    [InlineData(404, "", StatusCode.NotFound, "is gone")]
    [InlineData(401, "", StatusCode.Unauthenticated, "refuses the credential")]
    [InlineData(422, "odd", StatusCode.InvalidArgument, "odd")]
    public async Task Issue_Refused_SaysWhatIsMissing(int status, string message, StatusCode code, string words)
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("POST", "/tokens$").Respond(status, $$"""{"message":"{{message}}"}""");

        var failure = await rig.IssueFailsAsync();

        Assert.Equal(code, failure.Code);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("""{"name":"c1-req-1"}""", "did not say its id or its key")]
    [InlineData("""{"id":ID,"name":"c1-req-1"}""", "did not say its id or its key")]
    [InlineData("""{"name":"c1-req-1","key":"glsa_x"}""", "did not say its id or its key")]
    [InlineData("""{"id":ID,"key":""}""", "did not say its id or its key")]
    public async Task Issue_AnswerLacksSomething_IsDeletedAgain(string body, string words)
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("POST", "/tokens$").Run(_ => rig.AddToken("c1-req-1"));
        rig.Grafana.Faults.On("POST", "/tokens$").Respond(200, body.Replace("ID", "1", StringComparison.Ordinal));

        var failure = await rig.IssueFailsAsync();

        AssertDeleted(rig, failure, words);
    }

    [Theory]
    [InlineData("[]", "is not among those that Grafana lists")]
    [InlineData("""[{"id":1,"name":"c1-req-1","expiration":null}]""", "it never ends")]
    [InlineData("""[{"id":1,"name":"c1-req-1","expiration":"2999-01-01T00:00:00Z"}]""", "the clocks of Grafana and of the connector do not agree")]
    public async Task Issue_ReadBackIsNotWhatWasAsked_IsDeletedAgain(string list, string words)
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "/tokens$").Nth(2).Respond(200, list);

        var failure = await rig.IssueFailsAsync(expiresAt: rig.Time.GetUtcNow().AddHours(1));

        AssertDeleted(rig, failure, words);
    }

    [Fact]
    public async Task Issue_CannotBeReadBack_IsDeletedAgain()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "/tokens$").From(2).Respond(403);

        var failure = await rig.IssueFailsAsync();

        AssertDeleted(rig, failure, "could not be read back");
    }

    [Fact]
    public async Task Issue_CannotBeDeletedAgain_NamesWhatIsLeft()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "/tokens$").Nth(2).Respond(200, """[{"id":1,"name":"c1-req-1","expiration":null}]""");
        rig.Grafana.Faults.On("DELETE", "/tokens/").Respond(403);

        var failure = await rig.IssueFailsAsync();

        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.Contains("it (2.1) is left", failure.Message, StringComparison.Ordinal);
        Assert.Contains("must be deleted by hand", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_DeletionHangs_EndsByItself()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "/tokens$").Nth(2).Respond(200, "[]");
        rig.Grafana.Faults.On("DELETE", "/tokens/").Run(_ => rig.Time.PassDeadlines());
        rig.Grafana.Faults.On("DELETE", "/tokens/").Hang();

        var failure = await rig.IssueFailsAsync();

        Assert.Contains("it (2.1) is left", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_RateLimited_WaitsAndKeepsToTheDeadline()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var rule = rig.Grafana.Faults.On("POST", "/tokens$").Once().RateLimit(20);
        var deadline = rig.Time.GetUtcNow().AddMinutes(10);

        await rig.IssueAsync(expiresAt: deadline);

        Assert.Equal(1, rule.Hits);
        Assert.True(Assert.Single(rig.Grafana.Tokens(rig.Robot)).Expires <= deadline.AddSeconds(-45));
    }

    [Fact]
    public async Task Issue_DryRun_ShowsTheRequestAndMakesNothing()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.IssueAsync(change: change));

        Assert.Equal("""POST /api/serviceaccounts/2/tokens {"name":"c1-req-1","secondsToLive":86370}""".Replace("86370", Seconds(change), StringComparison.Ordinal), Assert.Single(change.Requests).ToString());
        Assert.Empty(rig.Grafana.Tokens(rig.Robot));
    }

    private static string Seconds(Change change)
    {
        var seconds = change.Requests[0].Body!.Split(':')[^1].TrimEnd('}');
        Assert.InRange(int.Parse(seconds, CultureInfo.InvariantCulture), 86300, 86370);
        return seconds;
    }

    private static void AssertDeleted(ServiceAccountRig rig, ConnectorException failure, string words)
    {
        Assert.Equal((StatusCode.Internal, false), (failure.Code, failure.IsTransient));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("; it was deleted again", failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Tokens(rig.Robot));
    }
}
