using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Baton.Testing.Hosting;
using Grpc.Core;

namespace Baton.Sdk.Tests.Http;

public sealed class ConnectorHttpTests : IDisposable
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngood";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-http-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Create_PrivateAuthority_IsTrusted()
    {
        using var authority = new Authority("good");
        await using var server = authority.Serve("localhost");

        Assert.Equal("good", await GetAsync(server, "localhost", authority.WriteTo(_folder)));
    }

    [Fact]
    public async Task Create_AuthorityAmongOthers_IsTrusted()
    {
        using var authority = new Authority("good");
        using var other = new Authority("other");
        await using var server = authority.Serve("localhost");
        var bundle = Path.Combine(_folder.FullName, "bundle.pem");
        await File.WriteAllTextAsync(bundle, other.Pem + "\n" + authority.Pem, Cancellation);

        Assert.Equal("good", await GetAsync(server, "localhost", bundle));
    }

    [Fact]
    public async Task Create_CertificateOfAnIntermediate_IsTrustedByItsRoot()
    {
        using var root = new Authority("root");
        using var intermediate = new Authority("intermediate", root);
        await using var server = intermediate.Serve("localhost", withChain: true);

        Assert.Equal("good", await GetAsync(server, "localhost", root.WriteTo(_folder)));
    }

    [Fact]
    public async Task Create_NoAuthorityOrAnother_IsRefused()
    {
        using var authority = new Authority("good");
        using var other = new Authority("other");
        await using var server = authority.Serve("localhost");

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server, "localhost", authorityPath: null));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server, "localhost", other.WriteTo(_folder)));

        Assert.Contains("--ca-cert", HttpFailure.Explain(failure, new Uri("https://localhost/")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_CertificateOfAnotherHost_IsRefused()
    {
        using var authority = new Authority("good");
        await using var server = authority.Serve("another.example.com");

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server, "localhost", authority.WriteTo(_folder)));
    }

    [Fact]
    public async Task Create_ExpiredCertificate_IsRefused()
    {
        using var authority = new Authority("good");
        await using var server = authority.Serve("localhost", expired: true);

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(server, "localhost", authority.WriteTo(_folder)));
    }

    [Fact]
    public async Task Create_ChecksSkipped_AcceptsAnything()
    {
        using var authority = new Authority("good");
        await using var server = authority.Serve("another.example.com", expired: true);
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions { SkipCertificateChecks = true });

        Assert.Equal("good", await http.GetStringAsync(new Uri($"https://localhost:{server.Port}/"), Cancellation));
    }

    [Theory]
    [InlineData(null, "cannot read the certificate authorities in ")]
    [InlineData("", " holds no certificate; it must be a PEM file")]
    [InlineData("not a certificate", " holds no certificate; it must be a PEM file")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "cannot read the certificate authorities in ")]
    public void Create_BadAuthorityFile_SaysWhatIsWrong(string? contents, string text)
    {
        var path = Path.Combine(_folder.FullName, "ca.pem");
        if (contents is not null)
        {
            File.WriteAllText(path, contents);
        }

        var failure = Assert.Throws<ConnectorException>(() => ConnectorHttp.Create(new ConnectorHttpOptions { CertificateAuthorityPath = path }));

        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Redirect_IsNotFollowed()
    {
        var requests = new List<string>();
        await using var elsewhere = SocketServer.Answering(Good, requests);
        await using var server = SocketServer.Answering($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n", []);
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions());

        using var response = await http.GetAsync(server.Address, Cancellation);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Empty(requests);
    }

    [Fact]
    public async Task Create_Cookies_AreNotSentBack()
    {
        var requests = new List<string>();
        await using var server = SocketServer.Answering("HTTP/1.1 200 OK\r\nSet-Cookie: session=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", requests);
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions());

        await http.GetStringAsync(server.Address, Cancellation);
        await http.GetStringAsync(server.Address, Cancellation);

        Assert.Equal(2, requests.Count);
        Assert.DoesNotContain("Cookie", requests[1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Create_CompressedAnswer_IsUnpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("good"u8);
        }

        await using var server = new SocketServer(async socket =>
        {
            await socket.ReceiveAsync(new byte[4096]);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"));
            await socket.SendAsync(packed.ToArray());
            socket.Shutdown(SocketShutdown.Send);
        });
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions());

        Assert.Equal("good", await http.GetStringAsync(server.Address, Cancellation));
    }

    [Fact]
    public async Task Create_Proxy_IsAskedInsteadOfTheServer()
    {
        var requests = new List<string>();
        await using var proxy = SocketServer.Answering(Good, requests);
        using var http = ConnectorHttp.Create(Behind(("http_proxy", proxy.Address.ToString())));

        Assert.Equal("good", await http.GetStringAsync(new Uri("http://proxied.invalid/api"), Cancellation));
        Assert.StartsWith("GET http://proxied.invalid/api HTTP/1.1", Assert.Single(requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("*")]
    [InlineData("")]
    public async Task Create_ProxyAndThisMachine_IsReachedDirectly(string exceptions)
    {
        // The one proxy that there is refuses everything.
        await using var server = SocketServer.Answering(Good, []);
        await using var proxy = new ForwardProxy(target: 0, refuses: true);
        using var http = ConnectorHttp.Create(Behind(("HTTP_PROXY", proxy.Address), ("NO_PROXY", exceptions)));

        Assert.Equal("good", await http.GetStringAsync(server.Address, Cancellation));
        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("192.0.2.0/24", "http://192.0.2.7/")]
    [InlineData("*.example.test", "http://grafana.example.test/")]
    [InlineData("example.test:80", "http://grafana.example.test/")]
    public async Task Create_ExceptedTarget_NeverReachesTheProxyAndItsCredential(string exceptions, string target)
    {
        await using var proxy = new ForwardProxy(target: 0, refuses: true);
        using var http = ConnectorHttp.Create(Behind(("HTTP_PROXY", proxy.Address), ("NO_PROXY", exceptions)));
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        soon.CancelAfter(TimeSpan.FromMilliseconds(300));
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Headers = { { "Authorization", "Bearer secret" } } };

        // Nobody is there; that nothing was asked of the proxy is what counts.
        await Assert.ThrowsAnyAsync<Exception>(() => http.SendAsync(request, soon.Token));

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("https://grafana.example.test/", "HTTPS_PROXY")]
    [InlineData("http://grafana.example.test/", "http_proxy")]
    public async Task Create_ProxyThatIsNotFound_IsNamedAndNotTheServer(string target, string variable)
    {
        using var http = ConnectorHttp.Create(Behind((variable, "http://user:hunter2@proxy.invalid:3128")));

        var failure = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(new Uri(target), Cancellation));

        Assert.Equal(
            $"cannot find the proxy proxy.invalid:3128 that {variable} names; correct it, or name grafana.example.test in NO_PROXY",
            HttpFailure.Explain(failure, new Uri(target)).Message);
    }

    [Fact]
    public async Task Create_ProxyThatIsDown_IsNamedAndNotTheServer()
    {
        var nobody = SocketServer.Nobody().Authority;
        using var http = ConnectorHttp.Create(Behind(("HTTPS_PROXY", nobody)));

        var failure = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(new Uri("https://grafana.example.test/"), Cancellation));

        var explained = HttpFailure.Explain(failure, new Uri("https://grafana.example.test/"));
        Assert.Equal($"cannot connect to the proxy {nobody} that HTTPS_PROXY names: Connection refused", explained.Message);
        Assert.True(explained.IsTransient);
    }

    [Fact]
    public async Task Create_GatewayHeaders_AreSentAsTheyAreAtTheMoment()
    {
        var requests = new List<string>();
        await using var server = SocketServer.Answering(Good, requests);
        var lines = "CF-Access-Client-Id: one, \"two\"\n\n  Proxy-Authorization:Bearer t:x  ";
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions { Network = new() { Headers = () => lines } });

        await http.GetStringAsync(server.Address, Cancellation);
        lines = "X-Next: 1";
        await http.GetStringAsync(server.Address, Cancellation);
        lines = "nonsense planted-value";
        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => http.GetStringAsync(server.Address, Cancellation));

        Assert.Contains("CF-Access-Client-Id: one, \"two\"\r\nProxy-Authorization: Bearer t:x\r\n", requests[0], StringComparison.Ordinal);
        Assert.Contains("X-Next: 1\r\n", requests[1], StringComparison.Ordinal);
        Assert.DoesNotContain("CF-Access", requests[1], StringComparison.Ordinal);
        Assert.Equal("the file of http-header has changed, and line 1 must be a header, as Name: value", refusal.Message);
        Assert.Equal(2, requests.Count);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("A: b\r\n\r\nC-d: e", null)]
    [InlineData("A: b\nnonsense", "line 2 must be a header, as Name: value")]
    [InlineData("A:", "line 1 must be a header, as Name: value")]
    [InlineData(": b", "line 1 must be a header, as Name: value")]
    [InlineData("A b: c", "line 1 must be a header, as Name: value")]
    [InlineData("A: b\u00e9", "line 1 must be a header, as Name: value")]
    [InlineData("authorization: Bearer x", "line 1 must be another header: authorization is set by the connector itself")]
    [InlineData("A: b\nHost: c", "line 2 must be another header: Host is set by the connector itself")]
    public void GatewayHeaders_Lines_AreHeadersThatAreNotOurs(string lines, string? problem) => Assert.Equal(problem, GatewayHeaders.FindProblem(lines));

    [Fact]
    public async Task Create_Parallelism_BoundsTheConnections()
    {
        await using var server = new ParallelServer(expected: 2);
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions { Parallelism = 2 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.GetStringAsync(server.Address, Cancellation)));

        Assert.Equal(2, server.MostAtOnce);
    }

    private static async Task<string> GetAsync(SocketServer server, string host, string? authorityPath)
    {
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions { CertificateAuthorityPath = authorityPath });
        return await http.GetStringAsync(new Uri($"https://{host}:{server.Port}/"), Cancellation);
    }

    private static ConnectorHttpOptions Behind(params (string Name, string Value)[] variables)
        => new() { Network = new() { Variables = name => variables.FirstOrDefault(variable => variable.Name == name).Value } };

    /// <summary>A certificate authority made for one test.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly X509Certificate2 _certificate;

        public Authority(string name, Authority? issuer = null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
            var now = TimeProvider.System.GetUtcNow();
            _certificate = issuer is null
                ? request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30))
                : request.Create(issuer._certificate, now.AddDays(-29), now.AddDays(29), [1, 2, 3]).CopyWithPrivateKey(key);
        }

        public string Pem => _certificate.ExportCertificatePem();

        public string WriteTo(DirectoryInfo folder)
        {
            var path = Path.Combine(folder.FullName, Path.GetRandomFileName() + ".pem");
            File.WriteAllText(path, Pem);
            return path;
        }

        /// <summary>A server with a certificate of this authority.</summary>
        public SocketServer Serve(string host, bool expired = false, bool withChain = false)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
            var now = TimeProvider.System.GetUtcNow();
            using var bare = request.Create(_certificate, now.AddDays(-20), now.AddDays(expired ? -10 : 10), [4, 5, 6]);
            var server = bare.CopyWithPrivateKey(key);
            return SocketServer.Secure(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(server, withChain ? [_certificate] : null, offline: true),
                },
                Good);
        }

        public void Dispose() => _certificate.Dispose();
    }

    /// <summary>Answers when as many connections wait as are expected at once, and counts them.</summary>
    private sealed class ParallelServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly int _expected;
        private readonly Task _serving;
        private int _open;

        public ParallelServer(int expected)
        {
            _expected = expected;
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

        public int MostAtOnce { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            var answers = new List<Task>();
            try
            {
                while (true)
                {
                    answers.Add(AnswerAsync(await _listener.AcceptSocketAsync(_stop.Token)));
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(answers);
            }
        }

        private async Task AnswerAsync(Socket socket)
        {
            using (socket)
            {
                MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _open));
                await socket.ReceiveAsync(new byte[4096]);
                if (_open == _expected)
                {
                    _complete.TrySetResult();
                }

                await _complete.Task;
                Interlocked.Decrement(ref _open);
                await socket.SendAsync(Encoding.ASCII.GetBytes(Good));
                socket.Shutdown(SocketShutdown.Send);
            }
        }
    }
}
