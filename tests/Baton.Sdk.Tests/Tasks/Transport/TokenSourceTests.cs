using Baton.Credentials;
using Baton.Sdk.Tasks.Transport;
using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;

namespace Baton.Sdk.Tests.Tasks.Transport;

/// <summary>Tokens, as the calls that need them see it.</summary>
public sealed class TokenSourceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_FirstCall_AsksInTheAgreedForm()
    {
        await using var rig = await TransportRig.StartAsync();

        await rig.Connect().GetTaskAsync(Cancellation);

        var request = Assert.Single(rig.Platform.Calls.Of(CallKind.Token));
        Assert.Equal(("200", "HTTP/2", $"baton-c1-credential-provider baton-sdk/v{UserAgent.Version}"), (request.Status, request.Protocol, request.UserAgent));
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal("gzip", request.Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task Get_NamedKey_IsNamedInTheAssertion()
    {
        await using var rig = await TransportRig.StartAsync(new() { KeyId = "key-1" });

        await rig.Connect().GetTaskAsync(Cancellation);

        Assert.Equal("200", Assert.Single(rig.Platform.Calls.Of(CallKind.Token)).Status);
    }

    [Fact]
    public async Task Get_LongLife_IsOneTokenForAllCalls()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();

        for (var call = 0; call < 5; call++)
        {
            await client.GetTaskAsync(Cancellation);
        }

        Assert.Equal(1, rig.Platform.Tokens.Issued);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    [InlineData(9)]
    public async Task Get_TooShortOrNoLife_IsATokenACall(int? seconds)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Tokens.Lifetime = seconds is { } life ? TimeSpan.FromSeconds(life) : null;
        var client = rig.Connect();

        for (var call = 0; call < 3; call++)
        {
            await client.GetTaskAsync(Cancellation);
        }

        Assert.Equal([1, 2, 3], rig.Platform.Calls.Of(CallKind.GetTask).Select(call => call.Token));
    }

    [Fact]
    public async Task Get_ThirteenSeconds_IsUsedForThree()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Tokens.Lifetime = TimeSpan.FromSeconds(13);
        var client = rig.Connect();

        for (var second = 0; second < 8; second++)
        {
            await client.GetTaskAsync(Cancellation);
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], rig.Platform.Calls.Of(CallKind.GetTask).Select(call => call.Token));
    }

    [Theory]
    [InlineData("bearer", "Bearer")]
    [InlineData("BEARER", "Bearer")]
    [InlineData(null, "Bearer")]
    [InlineData("mac", "MAC")]
    [InlineData("Basic", "Basic")]
    [InlineData("DPoP", "DPoP")]
    public async Task Get_Type_IsTheSchemeOfTheAuthorization(string? type, string scheme)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Tokens.Type = type;

        await rig.Connect().GetTaskAsync(Cancellation);

        Assert.Equal(scheme, Assert.Single(rig.Platform.Calls.Of(CallKind.GetTask)).AuthorizationScheme);
    }

    [Fact]
    public async Task Get_ManyCallsAtOnce_WaitForOneRequest()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        var opened = new TaskCompletionSource();
        rig.Platform.Faults.On(CallKind.Token).Run((_, gone) => opened.Task.WaitAsync(gone));

        var calls = Enumerable.Range(0, 8).Select(_ => client.GetTaskAsync(Cancellation)).ToList();
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.Token) > 0, Cancellation);
        opened.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(1, rig.Platform.Tokens.Issued);
    }

    [Fact]
    public async Task Get_WhoAskedFirstGivesUp_LeavesTheRequestToTheOthers()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        var opened = new TaskCompletionSource();
        rig.Platform.Faults.On(CallKind.Token).Run((_, gone) => opened.Task.WaitAsync(gone));
        using var impatience = new CancellationTokenSource();

        var first = client.GetTaskAsync(impatience.Token);
        var second = client.GetTaskAsync(Cancellation);
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.Token) > 0, Cancellation);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        opened.SetResult();
        await second;

        Assert.Single(rig.Platform.Calls.Of(CallKind.Token));
    }

    [Theory]
    [InlineData(400, "failed to get token: 400 Bad Request; check the client id and the client secret")]
    [InlineData(401, "failed to get token: 401 Unauthorized; check the client id and the client secret")]
    [InlineData(403, "failed to get token: 403 Forbidden; check the client id and the client secret")]
    public async Task Get_Refused_IsAboutTheCredentials(int status, string message)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Respond(status, "<html>no</html>");
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.CredentialsRefused, StatusCode.Unauthenticated, false, message), (failure.Failure, failure.Code, failure.IsTransient, failure.Message));
        Assert.Single(rig.Platform.Calls.Of(CallKind.Token));
    }

    [Theory]
    [InlineData(503, "busy", "failed to get token: 503 Service Unavailable (https://*/auth/v1/token)")]
    [InlineData(500, """{"error":"server_error","error_description":"no\u0007 database"}""", "failed to get token: 500 Internal Server Error: server_error: no database (https://*/auth/v1/token)")]
    [InlineData(404, "", "failed to get token: 404 Not Found (https://*/auth/v1/token)")]
    [InlineData(429, "", "failed to get token: 429 Too Many Requests (https://*/auth/v1/token)")]
    [InlineData(200, "<html>Welcome to the hotel</html>", "failed to get token: https://*/auth/v1/token answers something that is not a token; what answers there is not the platform")]
    [InlineData(200, "[]", "failed to get token: https://*/auth/v1/token answers something that is not a token; what answers there is not the platform")]
    [InlineData(200, "{}", "failed to get token: empty access token")]
    [InlineData(200, """{"access_token":"one\ntwo"}""", "failed to get token: the token has characters that no token may have")]
    public async Task Get_NoToken_PassesWithTime(int status, string body, string message)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Once().Respond(status, body, "application/json");
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));
        await client.GetTaskAsync(Cancellation);

        Assert.Equal((PlatformFailure.TokenUnavailable, StatusCode.Unavailable, true), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.Equal(message.Replace("*", rig.Platform.Address, StringComparison.Ordinal), failure.Message);
    }

    [Theory]
    [InlineData("""{"access_token":"unknown","expires_in":"3600"}""")]
    [InlineData("""{"access_token":"unknown","expires_in":3600.5,"scope":"all"}""")]
    [InlineData("""{"access_token":"unknown","expires_in":1e300}""")]
    public async Task Get_OddLifetimes_AreUnderstood(string body)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Respond(200, body, "text/plain");
        var client = rig.Connect();

        // A token that the platform does not know, and so is asked for once more.
        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.Answered, StatusCode.Unauthenticated), (failure.Failure, failure.Code));
        Assert.Equal(2, rig.Platform.Calls.Count(CallKind.Token));
    }

    [Fact]
    public async Task Get_WrongSecret_SaysWhatThePlatformSays()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var other = await TransportRig.StartAsync();
        using var secret = ClientSecret.Parse(other.Platform.ClientSecret);
        var client = rig.Connect(options => options with { Secret = () => secret });

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal(
            "failed to get token: 401 Unauthorized: invalid_client: the signature is not of the client's key; check the client id and the client secret",
            failure.Message);
    }

    [Fact]
    public async Task Get_SecretReplacedMeanwhile_AsksOnceMoreWithTheNewOne()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var other = await TransportRig.StartAsync();
        using var wrong = ClientSecret.Parse(other.Platform.ClientSecret);
        using var right = ClientSecret.Parse(rig.Platform.ClientSecret);
        var answers = new Queue<ClientSecret>([wrong, right]);
        var client = rig.Connect(options => options with { Secret = () => answers.Count > 1 ? answers.Dequeue() : answers.Peek() });

        await client.GetTaskAsync(Cancellation);

        Assert.Equal("401 200", string.Join(' ', rig.Platform.Calls.Of(CallKind.Token).Select(call => call.Status)));
    }

    [Fact]
    public async Task Get_SecretRefusedAndTheSame_AsksOnce()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var other = await TransportRig.StartAsync();
        using var secret = ClientSecret.Parse(other.Platform.ClientSecret);
        var client = rig.Connect(options => options with { Secret = () => secret });

        await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Single(rig.Platform.Calls.Of(CallKind.Token));
    }

    [Fact]
    public async Task Get_ServerRepeatsTheAssertion_IsNotRepeatedByUs()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Respond(401, """{"error":"eyJhbGciOiJFZERTQSIs"}""", "application/json");
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal("failed to get token: 401 Unauthorized; check the client id and the client secret", failure.Message);
    }

    [Fact]
    public async Task Get_ClockIsWrong_SaysSo()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Respond(401, "", "text/plain", ("Date", rig.Time.GetUtcNow().AddMinutes(-10).ToString("r")));
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Matches(@"\(the clock here is (600|601) s ahead of the platform's\)", failure.Message);
    }

    [Fact]
    public async Task Get_RedirectWithinTheServer_IsFollowed()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Once().Respond(307, "", "text/plain", ("Location", "/auth/v1/token"));

        await rig.Connect().GetTaskAsync(Cancellation);

        Assert.Equal(["307", "200"], rig.Platform.Calls.Of(CallKind.Token).Select(call => call.Status!), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(307, true)]
    [InlineData(308, true)]
    [InlineData(302, true)]
    [InlineData(302, false)]
    public async Task Get_RedirectToAnotherServer_TellsItNothing(int status, bool other)
    {
        await using var rig = await TransportRig.StartAsync();
        await using var elsewhere = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Respond(status, "", "text/plain", ("Location", other ? $"https://{elsewhere.Platform.Address}/auth/v1/token" : "/auth/v1/token"));

        var failure = await TransportRig.FailsAsync(() => rig.Connect().GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.TokenUnavailable, true), (failure.Failure, failure.IsTransient));
        Assert.StartsWith($"failed to get token: a proxy in front of {rig.Platform.Address} wants a sign-in at https://{(other ? elsewhere : rig).Platform.Address}/auth/v1/token;", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Platform.Calls.Count(CallKind.Token));
    }

    [Fact]
    public async Task Get_SignInProxyRedirects_NamesItAndWhereItSendsUs()
    {
        // The redirect is followed, as that of a platform that moved is; what answers there is a page.
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Once().Respond(302, "", "text/html", ("Location", "/login?state=planted"));
        rig.Platform.Faults.On(CallKind.Other).Respond(200, "<html>", "text/html");

        var failure = await TransportRig.FailsAsync(() => rig.Connect().GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.TokenUnavailable, true), (failure.Failure, failure.IsTransient));
        var address = rig.Platform.Address.ToString();
        Assert.Equal(
            $"failed to get token: a proxy in front of {address} wants a sign-in at https://{address}/login; have it let the connector through to {address.Split(':')[0]} without one",
            failure.Message);
    }

    [Theory]
    [InlineData(300, 30)]
    [InlineData(30, 30)]
    [InlineData(5, 5)]
    public void TokenTimeoutWithin_TheLimitOfRequests_IsHalfAMinuteAtMost(int limit, int expected)
        => Assert.Equal(TimeSpan.FromSeconds(expected), PlatformOptions.TokenTimeoutWithin(TimeSpan.FromSeconds(limit)));

    [Fact]
    public async Task Get_NoAnswer_EndsAfterHalfAMinuteUnlessToldOtherwise()
    {
        // A task is waited for much longer than that.
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Once().Hang();
        var client = rig.Connect();

        var call = TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.Token) > 0, Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        var failure = await call;
        await client.GetTaskAsync(Cancellation);

        Assert.EndsWith(" within 30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoAnswer_EndsAtTheLimit()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Hang();
        var client = rig.Connect(options => options with { TokenTimeout = TimeSpan.FromSeconds(7) });

        var call = TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.Token) > 0, Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(7));
        var failure = await call;

        Assert.Equal((PlatformFailure.TimedOut, StatusCode.DeadlineExceeded, true), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.Equal($"failed to get token: no answer from https://{rig.Platform.Address}/auth/v1/token within 7 s", failure.Message);
    }

    [Fact]
    public async Task Get_ConnectionIsReset_PassesWithTime()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Once().Reset();
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));
        await client.GetTaskAsync(Cancellation);

        Assert.Equal((PlatformFailure.Unreachable, true), (failure.Failure, failure.IsTransient));
        Assert.StartsWith($"failed to get token: the connection to {rig.Platform.Address} broke: ", failure.Message, StringComparison.Ordinal);
    }
}
