using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Faults;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Grafana.Tests.Api;

public sealed class GrafanaClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_AreReadsWithoutAnOrganizationParameter()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 1500, organizations: 3);
        foreach (var token in new[] { null, grafana.AddServiceAccountToken(1) })
        {
            await using var connector = await TestConnector.ConnectAsync(grafana, token);
            await connector.ListUsersAsync();
            foreach (var organization in await connector.ListOrganizationsAsync())
            {
                await connector.ListGrantsAsync(organization);
            }
        }

        Assert.Empty(grafana.Requests.Writes);
        Assert.All(grafana.Requests.All, request =>
        {
            Assert.DoesNotContain("orgId", request.Path, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("application/json", request.Headers["Accept"]);
            Assert.False(request.Headers.ContainsKey("X-Grafana-Org-Id"));
        });
    }

    [Theory]
    [InlineData("/grafana")]
    [InlineData("/a/b/c")]
    public async Task Requests_SubPath_IsKept(string subPath)
    {
        // D50, E8.6
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { SubPath = subPath });
        foreach (var written in new[] { grafana.BaseAddress.ToString(), grafana.BaseAddress.ToString().TrimEnd('/'), $" {grafana.BaseAddress}login " })
        {
            await using var connector = await TestConnector.ConnectAsync(grafana, change: options => options with { Hostname = written });

            Assert.Equal(["admin"], (await connector.ListUsersAsync()).Select(user => user.DisplayName));
        }
    }

    [Fact]
    public async Task Requests_SubPathForgotten_IsExplained()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { SubPath = "/grafana", RedirectIntoSubPath = true });
        await using var connector = TestConnector.Create(grafana, change: options => options with { Hostname = new Uri(grafana.BaseAddress, "/").ToString() });

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains($"redirects to {grafana.BaseAddress}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_ToALogin_IsNotFollowedAndShowsNoSecrets()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.OnAny().RedirectToLogin("https://sso:hunter2@login.example.com/start?ticket=hunter2#hunter2");
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains("redirects to https://login.example.com/start instead", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, grafana.Requests.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(502)]
    public async Task Html_IsNoAnswerOfGrafana(int status)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.OnAny().HtmlPage(status);
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Equal((status == 200 ? StatusCode.FailedPrecondition : StatusCode.Unavailable, status != 200), (refusal.Code, refusal.IsTransient));
        Assert.DoesNotContain("<html>", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(status == 200 ? "text/html instead of JSON" : "502", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, StatusCode.InvalidArgument, false)]
    [InlineData(403, StatusCode.PermissionDenied, false)]
    [InlineData(408, StatusCode.DeadlineExceeded, true)]
    [InlineData(418, StatusCode.InvalidArgument, false)]
    [InlineData(429, StatusCode.Unavailable, true)]
    [InlineData(500, StatusCode.Unavailable, true)]
    [InlineData(501, StatusCode.Unimplemented, false)]
    [InlineData(503, StatusCode.Unavailable, true)]
    public async Task Status_BecomesItsCode(int status, StatusCode code, bool transient)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.OnAny().Respond(status, """{"message":"line one\nline two\u001b[31m"}""");

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Equal((code, transient), (refusal.Code, refusal.IsTransient));
        Assert.Contains("line one line two", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    [Fact]
    public async Task Status_LongMessage_IsCut()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.OnAny().Respond(500, $$"""{"message":"{{new string('x', 50_000)}}"}""");

        Assert.InRange((await connector.ListUsersFailsAsync()).Message.Length, 300, 500);
    }

    [Theory]
    [InlineData("""[{"fieldNames":["Name"],"classification":"RequiredError","message":"Required"}]""")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"message":7}""")]
    public async Task Status_BodyOfAnotherShape_LeavesTheStatus(string body)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.OnAny().Respond(422, body);

        Assert.Equal("Grafana answers /api/users/search?perpage=1000&page=1 with 422", (await connector.ListUsersFailsAsync()).Message);
    }

    [Theory]
    [InlineData(Truncation.BelowContentLength, true)]
    [InlineData(Truncation.WithinChunks, true)]
    [InlineData(Truncation.Unannounced, false)]
    public async Task TruncatedPage_IsNeverAShorterOne(Truncation truncation, bool transient)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 300);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/users/search").Truncate(0.7, truncation);

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Equal(transient, refusal.IsTransient);
        Assert.Contains("/api/users/search", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, Truncation.Unannounced)]
    [InlineData(0.01, Truncation.Unannounced)]
    [InlineData(0.5, Truncation.Unannounced)]
    [InlineData(0.999, Truncation.Unannounced)]
    [InlineData(0.5, Truncation.BelowContentLength)]
    [InlineData(0.999, Truncation.WithinChunks)]
    public async Task TruncatedMembers_FailAfterTheRowsThatCame(double kept, Truncation truncation)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Populate(users: 3000);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/orgs/1/users").Truncate(kept, truncation);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => connector.ListGrantsAsync(1));

        Assert.Equal(truncation != Truncation.Unannounced, refusal.IsTransient);
    }

    [Fact]
    public async Task Reset_IsTransient()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.OnAny().Reset();

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Equal((StatusCode.Unavailable, true), (refusal.Code, refusal.IsTransient));
    }

    [Fact]
    public async Task NobodyListens_IsTransientAndNamesTheAddress()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = TestConnector.Create(grafana);
        await grafana.DisposeAsync();

        var refusal = await connector.RefusedAsync();

        Assert.Equal((StatusCode.Unavailable, true), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"cannot connect to {grafana.BaseAddress.Authority}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^/api/users/search", false)]
    [InlineData("^/api/orgs/1/users", false)]
    [InlineData("^/api/users/search", true)]
    [InlineData("^/api/orgs/1/users", true)]
    public async Task Silence_EndsAtTheTimeout(string path, bool afterHeaders)
    {
        await using var grafana = await FakeGrafana.StartAsync(
            new FakeGrafanaOptions { AdminPassword = TestConnector.Password, Delay = (_, cancelled) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled) }, Cancellation);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var connector = await TestConnector.ConnectAsync(grafana, time: time);
        grafana.Faults.On("GET", path).Run(_ => time.Advance(TimeSpan.FromSeconds(301)));
        if (afterHeaders)
        {
            grafana.Faults.On("GET", path).SlowBody(pieces: 2, TimeSpan.FromHours(1));
        }
        else
        {
            grafana.Faults.On("GET", path).Hang();
        }

        var refusal = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await connector.ListUsersAsync();
            await connector.ListGrantsAsync(1);
        });

        Assert.Equal((StatusCode.DeadlineExceeded, true), (refusal.Code, refusal.IsTransient));
        Assert.Contains("within 300 seconds (--http-timeout-seconds)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_WhileWaiting_IsACancellationAndNoFailure()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        grafana.Faults.On("GET", "^/api/users/search").Run(_ => stop.Cancel());
        grafana.Faults.On("GET", "^/api/users/search").Hang();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connector.ListUsersAsync(stop.Token));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task CompressedAnswer_IsRead(string encoding)
    {
        await using var server = await GeneratedGrafana.CompressedAsync(encoding);
        using var client = Client(server.Address);

        Assert.Equal("packed", (await client.GetSignedInUserAsync(Cancellation)).Login);
    }

    [Fact]
    public async Task StreamMembers_HundredThousand_ComeWhileTheyAreSent()
    {
        // The server sends the last row only when the first slice was read: nobody waits for the whole answer.
        var firstSlice = new TaskCompletionSource();
        await using var server = await GeneratedGrafana.MembersAsync(100_000, id => id == 100_000 ? firstSlice.Task : Task.CompletedTask);
        using var client = Client(server.Address);

        var rows = 0;
        await foreach (var slice in Slices.OfAsync(client.StreamMembersAsync(1, Cancellation), Cancellation))
        {
            firstSlice.TrySetResult();
            Assert.InRange(slice.Count, 1, 1000);
            Assert.Equal(rows + 1, slice[0].AccountId);
            rows += slice.Count;
        }

        Assert.Equal(100_000, rows);
    }

    [Fact]
    public async Task Https_PrivateAuthority_IsTrustedWhenGiven()
    {
        // D52
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { Https = true });
        await using var other = await TestConnector.StartAsync(options: new FakeGrafanaOptions { Https = true });
        var folder = System.IO.Directory.CreateTempSubdirectory("baton-grafana-tests-");
        var (right, wrong, empty) = (Path.Combine(folder.FullName, "right.pem"), Path.Combine(folder.FullName, "wrong.pem"), Path.Combine(folder.FullName, "empty.pem"));
        await File.WriteAllTextAsync(right, grafana.CertificateAuthority!.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(wrong, other.CertificateAuthority!.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(empty, "", Cancellation);
        try
        {
            await using (await TestConnector.ConnectAsync(grafana, change: options => options with { CertificateAuthorityPath = right }))
            {
            }

            foreach (var untrusted in new[] { null, "", wrong })
            {
                await using var connector = TestConnector.Create(grafana, change: options => options with { CertificateAuthorityPath = untrusted });
                var refusal = await connector.RefusedAsync();
                Assert.Equal((StatusCode.Unavailable, false), (refusal.Code, refusal.IsTransient));
                Assert.Contains("--ca-cert", refusal.Message, StringComparison.Ordinal);
            }

            foreach (var unusable in new[] { empty, Path.Combine(folder.FullName, "missing.pem"), folder.FullName })
            {
                var refusal = Assert.Throws<ConnectorException>(() => TestConnector.Create(grafana, change: options => options with { CertificateAuthorityPath = unusable }));
                Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
                Assert.Contains(unusable, refusal.Message, StringComparison.Ordinal);
            }

            Assert.All(grafana.Requests.All, request => Assert.Equal(200, request.Status));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Https_NameDoesNotMatch_IsRefusedAlsoWithTheAuthority()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { Https = true });
        var folder = System.IO.Directory.CreateTempSubdirectory("baton-grafana-tests-");
        var authority = Path.Combine(folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(authority, grafana.CertificateAuthority!.ExportCertificatePem(), Cancellation);
        try
        {
            await using var relay = new Relay(grafana.BaseAddress.Port);
            await using var connector = TestConnector.Create(
                grafana, change: options => options with { Hostname = $"https://127.0.0.2:{relay.Port}", CertificateAuthorityPath = authority });

            var refusal = await connector.RefusedAsync();

            Assert.Contains("secure connection", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(0, grafana.Requests.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Https_ChecksSkipped_WorksAndWarns()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { Https = true });
        using var logs = new CollectedLogs();

        await using var connector = await TestConnector.ConnectAsync(grafana, logs: logs, change: options => options with { SkipCertificateChecks = true });

        Assert.Contains(logs.Lines, line => line.StartsWith("Warning: certificates are not checked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://grafana.example.com", true)]
    [InlineData("http://127.0.0.1:3000", false)]
    [InlineData("https://grafana.example.com", false)]
    public async Task Http_AcrossANetwork_IsWarnedOf(string hostname, bool warned)
    {
        await using var grafana = await TestConnector.StartAsync();
        using var logs = new CollectedLogs();

        await using var connector = TestConnector.Create(grafana, logs: logs, change: options => options with { Hostname = hostname });

        Assert.Equal(warned, logs.Lines.Any(line => line.StartsWith("Warning: the instance URL is http", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("token with space")]
    [InlineData("line\nbreak-secret")]
    [InlineData("tökén-secret")]
    [InlineData("\0secret")]
    [InlineData("")]
    public async Task Credential_TokenThatCannotBeSent_IsRefusedWithoutShowingIt(string token)
    {
        await using var grafana = await TestConnector.StartAsync();

        var refusal = Assert.Throws<ConnectorException>(() => TestConnector.Create(grafana, token));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("with space", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credential_UsernameWithColon_IsRefused()
    {
        await using var grafana = await TestConnector.StartAsync();

        var refusal = Assert.Throws<ConnectorException>(() => TestConnector.Create(grafana, change: options => options with { Username = "ad:min" }));

        Assert.Contains("colon", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pässwörd-山田")]
    [InlineData("colon:in:it")]
    [InlineData(" leading and trailing ")]
    public async Task Credential_AnyPassword_IsSentAsItIs(string password)
    {
        await using var grafana = await FakeGrafana.StartAsync(new FakeGrafanaOptions { AdminPassword = password }, Cancellation);

        await using var connector = await TestConnector.ConnectAsync(grafana, change: options => options with { Password = password });
    }

    [Fact]
    public async Task Secrets_AreInNoFailureAndNoLogLine()
    {
        // D70
        await using var grafana = await TestConnector.StartAsync();
        var token = grafana.AddServiceAccountToken(1);
        using var logs = new CollectedLogs();
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"admin:{TestConnector.Password}"));
        Action<FaultBuilder>[] faults =
        [
            fault => fault.Respond(401), fault => fault.Respond(403), fault => fault.Respond(404), fault => fault.Respond(429), fault => fault.Respond(500),
            fault => fault.HtmlPage(), fault => fault.RedirectToLogin(), fault => fault.EmptyBody(), fault => fault.Truncate(), fault => fault.Reset(),
            fault => fault.Respond(200, "{\"x\":"), fault => fault.Respond(200, """{"id":"planted-body-secret"}"""),
        ];
        var texts = new List<string>();
        foreach (var credential in new[] { null, token })
        {
            foreach (var fault in faults)
            {
                grafana.Faults.Clear();
                fault(grafana.Faults.OnAny());
                await using var connector = TestConnector.Create(grafana, credential, logs);
                texts.Add((await connector.RefusedAsync()).ToString());
            }

            grafana.Faults.Clear();
            await using var good = await TestConnector.ConnectAsync(grafana, credential, logs);
            await good.ListUsersAsync();
            await good.ListGrantsAsync(1);
        }

        Assert.NotEmpty(logs.Lines);
        Assert.All(texts.Concat(logs.Lines), text =>
        {
            Assert.DoesNotContain(TestConnector.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(basic, text, StringComparison.Ordinal);
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("planted-body-secret", text, StringComparison.Ordinal);
        });
    }

    private static GrafanaClient Client(Uri address)
        => new(ConnectorHttp.Create(new()), address, new SignIn(Credential.Bearer("t"), TimeProvider.System), TimeSpan.FromMinutes(5), TimeProvider.System, new CollectedLogs());
}
