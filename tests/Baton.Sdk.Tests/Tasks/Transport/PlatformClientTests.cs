using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baton.Credentials;
using Baton.Sdk.Tasks.Transport;
using Baton.Sdk.Tests.Http;
using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class PlatformClientTests
{
    private static readonly HelloDetails Details = HelloDetails.Collect("github.com/example/connector", "v1.2.3");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_OfATask_ReachThePlatformOverOneConnection()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        var hello = rig.Platform.Tasks.Add(new() { Hello = new() });
        var grant = rig.Platform.Tasks.Add(new() { Grant = new() });
        var other = rig.Platform.Tasks.Add(new() { Grant = new() });

        await client.HelloAsync(Details, TransportRig.Metadata, taskId: null, Cancellation);
        Assert.Equal(hello.Id, (await client.GetTaskAsync(Cancellation)).Task.Id);
        Assert.Equal([grant.Id], (await client.GetTasksAsync(5, [other.Id], Cancellation)).Tasks.Select(task => task.Id), StringComparer.Ordinal);
        await client.HelloAsync(Details, TransportRig.Metadata, hello.Id, Cancellation);
        Assert.False((await client.HeartbeatAsync(grant.Id, Cancellation)).Cancelled);
        await client.FinishTaskAsync(new() { TaskId = grant.Id, Success = new() }, Cancellation);

        Assert.True((await rig.Platform.WaitForFinishAsync(grant.Id, Cancellation)).Succeeded);
        Assert.True(hello.HasEnded);
        var calls = rig.Platform.Calls.All.Where(call => call.Kind != CallKind.Token).ToList();
        Assert.Equal(6, calls.Count);
        Assert.Single(calls.Select(call => call.Connection).Distinct(StringComparer.Ordinal));
        Assert.All(calls, call => Assert.Equal(("host-1", "Bearer", "HTTP/2"), (call.HostId, call.AuthorizationScheme, call.Protocol)));
    }

    [Fact]
    public async Task Calls_Headers_AreThoseOfTheProtocol()
    {
        await using var rig = await TransportRig.StartAsync();

        await rig.Connect().GetTaskAsync(Cancellation);

        var call = Assert.Single(rig.Platform.Calls.Of(CallKind.GetTask));
        Assert.StartsWith($"brave-otter-12345 baton-sdk/v{UserAgent.Version} grpc-dotnet/", call.UserAgent, StringComparison.Ordinal);
        Assert.Equal(("application/grpc", "trailers"), (call.Headers["Content-Type"], call.Headers["TE"]));
        Assert.False(call.Headers.ContainsKey("grpc-encoding"));
    }

    [Theory]
    [InlineData("two words", "two words baton-sdk/v")]
    [InlineData("", "baton-sdk/v")]
    [InlineData("über\r\nX: y", "berX: y baton-sdk/v")]
    public async Task Calls_OddClientName_IsSentAsFarAsAHeaderCanCarryIt(string name, string expected)
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect(options => options with { Client = options.Client with { Name = name } });

        await client.GetTaskAsync(Cancellation);

        Assert.StartsWith(expected, Assert.Single(rig.Platform.Calls.Of(CallKind.GetTask)).UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_Limits_AreToldToThePlatform()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        var task = rig.Platform.Tasks.Add(new() { Grant = new() });

        await client.HelloAsync(Details, TransportRig.Metadata, taskId: null, Cancellation);
        await client.GetTaskAsync(Cancellation);
        await client.HeartbeatAsync(task.Id, Cancellation);
        await client.FinishTaskAsync(new() { TaskId = task.Id, Success = new() }, Cancellation);

        var limits = rig.Platform.Calls.All.Where(call => call.Kind != CallKind.Token).ToDictionary(call => call.Kind, call => call.Deadline!.Value);
        Assert.InRange(limits[CallKind.Hello], TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.InRange(limits[CallKind.GetTask], TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
        Assert.InRange(limits[CallKind.Heartbeat], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.InRange(limits[CallKind.FinishTask], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(StatusCode.Cancelled, true)]
    [InlineData(StatusCode.Unknown, true)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.DeadlineExceeded, true)]
    [InlineData(StatusCode.NotFound, false)]
    [InlineData(StatusCode.PermissionDenied, false)]
    [InlineData(StatusCode.ResourceExhausted, true)]
    [InlineData(StatusCode.FailedPrecondition, false)]
    [InlineData(StatusCode.Unimplemented, false)]
    [InlineData(StatusCode.Internal, true)]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.Unauthenticated, false)]
    public async Task Hello_PlatformAnswersWithACode_IsToldApart(StatusCode code, bool isTransient)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Hello).Fail(code, "not today");
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.HelloAsync(Details, TransportRig.Metadata, taskId: null, Cancellation));

        Assert.Equal((PlatformFailure.Answered, code, isTransient), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.Equal($"Hello: the platform answers {code}: not today", failure.Message);
    }

    [Fact]
    public async Task Call_TokenIsNotTaken_IsRepeatedOnceWithANewOne()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        await client.GetTaskAsync(Cancellation);
        rig.Platform.Tokens.RevokeAll();

        await client.GetTaskAsync(Cancellation);

        Assert.Equal([1, null, 2], rig.Platform.Calls.Of(CallKind.GetTask).Select(call => call.Token));
        Assert.Contains("the platform does not take our token", rig.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NoTokenIsTaken_FailsAfterTwo()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.GetTask).Fail(StatusCode.Unauthenticated);
        var client = rig.Connect();

        await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((2, 2), (rig.Platform.Calls.Count(CallKind.GetTask), rig.Platform.Tokens.Issued));
    }

    [Fact]
    public async Task Call_NoAnswer_EndsAtItsLimit()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Heartbeat).Hang();
        var client = rig.Connect();

        var call = TransportRig.FailsAsync(() => client.HeartbeatAsync(new string('0', 27), Cancellation));
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.Heartbeat) > 0, Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        var failure = await call;

        Assert.Equal((PlatformFailure.TimedOut, StatusCode.DeadlineExceeded, true), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.Equal($"Heartbeat: no answer from {rig.Platform.Address} within 30 s", failure.Message);
    }

    [Fact]
    public async Task Call_NoToken_EndsAtTheLimitOfTheCall()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Hang();
        var client = rig.Connect();

        var call = TransportRig.FailsAsync(() => client.FinishTaskAsync(new() { TaskId = new string('0', 27), Success = new() }, Cancellation));
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.Token) > 0, Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(PlatformFailure.TimedOut, (await call).Failure);
    }

    [Fact]
    public async Task Call_CallerGivesUp_IsCancelled()
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.GetTask).Hang();
        var client = rig.Connect();
        using var impatience = new CancellationTokenSource();

        var call = client.GetTaskAsync(impatience.Token);
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.GetTask) > 0, Cancellation);
        await impatience.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(impatience.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Call_ConnectionIsReset_FailsAndTheNextOneConnectsAnew()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        await client.GetTaskAsync(Cancellation);
        rig.Platform.Faults.On(CallKind.GetTask).Once().Reset();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));
        await client.GetTaskAsync(Cancellation);

        Assert.Equal((PlatformFailure.Unreachable, StatusCode.Unavailable, true), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.StartsWith($"GetTask: the connection to {rig.Platform.Address} broke: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(502)]
    [InlineData(200)]
    public async Task Call_LoadBalancerAnswers_IsNotTakenForThePlatform(int status)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Hello).Once().Respond(status, "<html>", "text/html");
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.HelloAsync(Details, TransportRig.Metadata, taskId: null, Cancellation));

        Assert.Equal((PlatformFailure.Unreachable, true), (failure.Failure, failure.IsTransient));
        Assert.Equal($"Hello: what answers at {rig.Platform.Address} is not the platform: HTTP status {status}, and no gRPC", failure.Message);
    }

    [Theory]
    [InlineData("https://login.example.test/oauth2/start?rd=planted", "", "a proxy", "https://login.example.test/oauth2/start")]
    [InlineData("/login?state=planted", "cloudflare", "a proxy (cloudflare)", "https://{0}/login")]
    [InlineData("https://user:planted@login.example.test:8443/", "", "a proxy", "https://login.example.test:8443/")]
    public async Task Call_SignInProxyRedirects_NamesItAndWhereItSendsUs(string location, string server, string proxy, string login)
    {
        await using var rig = await TransportRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Hello).Once().Respond(
            302, "<html>", "text/html", server.Length > 0 ? [("Location", location), ("Server", server)] : new[] { ("Location", location) });
        var client = rig.Connect();

        var failure = await TransportRig.FailsAsync(() => client.HelloAsync(Details, TransportRig.Metadata, taskId: null, Cancellation));

        var address = rig.Platform.Address.ToString();
        Assert.Equal((PlatformFailure.Unreachable, true), (failure.Failure, failure.IsTransient));
        Assert.Equal(
            $"Hello: {proxy} in front of {address} wants a sign-in at {string.Format(System.Globalization.CultureInfo.InvariantCulture, login, address)}; have it let the connector through to {address.Split(':')[0]} without one",
            failure.Message);
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnreachableAndThenNot()
    {
        await using var rig = await TransportRig.StartAsync();
        var nobody = SocketServer.Nobody().Authority;
        var client = rig.With(PlatformAddress.Override, nobody).Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.Unreachable, StatusCode.Unavailable, true), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.Equal($"failed to get token: cannot connect to {nobody}: Connection refused", failure.Message);
    }

    [Fact]
    public async Task Call_PlatformGoesAway_IsUnreachable()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        await client.GetTaskAsync(Cancellation);
        await rig.Platform.DisposeAsync();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.Unreachable, true), (failure.Failure, failure.IsTransient));
    }

    [Fact]
    public async Task Call_HostDoesNotExist_SaysWhereItComesFrom()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.With(PlatformAddress.Override, null).Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal(PlatformFailure.Unreachable, failure.Failure);
        Assert.Equal("failed to get token: cannot find the host of tenant.fake.test:443; check the client id and BATON_C1_API_HOST", failure.Message);
    }

    [Fact]
    public async Task Call_HostInTheClientIdAlone_IsCalled()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.With(PlatformAddress.Override, null).Connect(options => options with { Client = ClientId.Parse(rig.Platform.DirectClientId) });

        await client.GetTaskAsync(Cancellation);
    }

    [Fact]
    public async Task Call_AnotherAuthority_IsNotTrusted()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var other = await TransportRig.StartAsync();
        var client = rig.Connect(options => options with { CertificateAuthorityPath = other.Platform.CertificateAuthorityPath });

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal((PlatformFailure.Untrusted, StatusCode.Unavailable, true), (failure.Failure, failure.Code, failure.IsTransient));
        Assert.StartsWith($"failed to get token: cannot make a secure connection to {rig.Platform.Address}: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Platform.Calls.All);
    }

    [Fact]
    public async Task Call_CertificateOfAnotherName_IsNotTrusted()
    {
        await using var rig = await TransportRig.StartAsync(new() { TenantHost = "another.fake.test" });
        await using var proxy = new Testing.Hosting.ForwardProxy(new Uri($"https://{rig.Platform.Address}").Port);
        var client = rig.With(PlatformAddress.Override, "tenant.fake.test").With("HTTPS_PROXY", proxy.Address).Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal(PlatformFailure.Untrusted, failure.Failure);
        Assert.Empty(rig.Platform.Calls.All);
    }

    [Fact]
    public async Task Call_NoTlsOnThePort_SaysThatItIsNotSecure()
    {
        await using var rig = await TransportRig.StartAsync();
        await using var plain = SocketServer.Answering("HTTP/1.1 400 Bad Request\r\n\r\n", []);
        var client = rig.With(PlatformAddress.Override, plain.Address.Authority).Connect();

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.StartsWith($"failed to get token: cannot make a secure connection to {plain.Address.Authority}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NoHttp2_SaysThatSomethingIsInBetween()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var old = SocketServer.Secure(
            new SslServerAuthenticationOptions { ServerCertificate = certificate },
            "HTTP/1.1 200 OK\r\nContent-Length: 38\r\nConnection: close\r\n\r\n{\"access_token\":\"t\",\"expires_in\":3600}");
        await using var rig = await TransportRig.StartAsync();
        var authority = Path.Combine(Path.GetDirectoryName(rig.Platform.CertificateAuthorityPath)!, "other.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), Cancellation);
        var client = rig.With(PlatformAddress.Override, old.Address.Authority).Connect(options => options with { CertificateAuthorityPath = authority });

        var failure = await TransportRig.FailsAsync(() => client.GetTaskAsync(Cancellation));

        Assert.Equal(PlatformFailure.Unreachable, failure.Failure);
        Assert.Equal($"GetTask: {old.Address.Authority} does not speak HTTP/2; something between here and the platform takes the connection apart", failure.Message);
    }

    [Fact]
    public async Task FinishTask_AnswerIsLost_IsNotSentAgain()
    {
        await using var rig = await TransportRig.StartAsync();
        var client = rig.Connect();
        var task = rig.Platform.Tasks.Add(new() { Grant = new() });
        await client.GetTaskAsync(Cancellation);
        rig.Platform.Faults.On(CallKind.FinishTask).AfterEffect().CutOff();

        await TransportRig.FailsAsync(() => client.FinishTaskAsync(new() { TaskId = task.Id, Success = new() }, Cancellation));

        Assert.Equal((true, 0), (task.HasEnded, task.RefusedEnds));
        Assert.Single(rig.Platform.Calls.Of(CallKind.FinishTask));
    }

    [Fact]
    public async Task GetTask_LongPoll_WaitsForWork()
    {
        await using var rig = await TransportRig.StartAsync(new() { LongPoll = TimeSpan.FromMinutes(5) });
        var client = rig.Connect();

        var polling = client.GetTaskAsync(Cancellation);
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.GetTask) > 0, Cancellation);
        rig.Time.Advance(TimeSpan.FromMinutes(4));
        var task = rig.Platform.Tasks.Add(new() { Grant = new() });

        Assert.Equal(task.Id, (await polling).Task.Id);
    }
}
