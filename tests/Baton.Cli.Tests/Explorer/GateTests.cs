using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baton.Cli.Tests.Explorer;

public sealed class GateTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_Right_ServesThePage()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.GetAsync("", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("app.js", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/overview")]
    [InlineData("/index.html")]
    [InlineData("/wrong/")]
    [InlineData("/wrong/api/overview")]
    [InlineData("//api/overview")]
    public async Task Token_MissingOrWrong_IsRefused(string path)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.GetAsync(new Uri(explorer.Root.AbsoluteUri.TrimEnd('/') + path), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(explorer.Address.AbsolutePath, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Token_PartOfIt_IsRefused()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.GetAsync(new Uri(explorer.Address.AbsoluteUri[..^2] + "/api/overview"), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Token_EveryStart_IsAnother()
    {
        using var file = ExplorerFiles.Everything();
        await using var one = await ExplorerRun.StartAsync(file.Path);
        await using var other = await ExplorerRun.StartAsync(file.Path);

        using var answer = await other.Http.GetAsync(new Uri(other.Root, one.Address.AbsolutePath), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Address_WithoutTheLastSlash_LeadsToThePage()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.GetAsync(new Uri(explorer.Address.AbsoluteUri.TrimEnd('/')), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(explorer.Address.AbsolutePath, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1")]
    public async Task Host_NotThisMachine_IsRefused(string host)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var status = await Ask(explorer, $"Host: {host.Replace("{port}", $"{explorer.Address.Port}")}");

        Assert.Equal("HTTP/1.1 403 Forbidden", status);
    }

    [Theory]
    [InlineData("localhost:{port}")]
    [InlineData("127.0.0.1:{port}")]
    public async Task Host_ThisMachine_IsServed(string host)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var status = await Ask(explorer, $"Host: {host.Replace("{port}", $"{explorer.Address.Port}")}");

        Assert.Equal("HTTP/1.1 200 OK", status);
    }

    [Theory]
    [InlineData("cross-site", "cors", "HTTP/1.1 403 Forbidden")]
    [InlineData("same-site", "no-cors", "HTTP/1.1 403 Forbidden")]
    [InlineData("cross-site", "navigate", "HTTP/1.1 200 OK")]
    [InlineData("same-origin", "cors", "HTTP/1.1 200 OK")]
    public async Task Site_Another_MayOnlyLinkToIt(string site, string mode, string expected)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var status = await Ask(explorer, $"Host: 127.0.0.1:{explorer.Address.Port}\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}");

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("http://evil.example", "HTTP/1.1 403 Forbidden")]
    [InlineData("null", "HTTP/1.1 403 Forbidden")]
    [InlineData("http://127.0.0.1:1", "HTTP/1.1 403 Forbidden")]
    [InlineData("https://127.0.0.1:{port}", "HTTP/1.1 403 Forbidden")]
    [InlineData("http://127.0.0.1:{port}", "HTTP/1.1 200 OK")]
    public async Task Origin_OfAnotherPage_IsRefusedByItself(string origin, string expected)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);
        var port = $"{explorer.Address.Port}";

        var status = await Ask(explorer, $"Host: 127.0.0.1:{port}\r\nOrigin: {origin.Replace("{port}", port, StringComparison.Ordinal)}");

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Method_ThatWrites_IsRefused(string method)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "api/overview"), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("api/overview")]
    [InlineData("api/accounts?limit=none")]
    [InlineData("api/accounts?format=csv")]
    [InlineData("../")]
    public async Task Headers_EveryAnswer_ForbidKeepingFramingAndForeignCode(string path)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        using var answer = await explorer.Http.GetAsync(path, Cancellation);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("require-trusted-types-for 'script'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Page_EveryFile_LoadsNothingFromElsewhere()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);
        var names = Directory.EnumerateFiles(Repository.PathOf("src", "Baton.Cli", "Explorer", "Page"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf("src", "Baton.Cli", "Explorer", "Page"), path).Replace('\\', '/')).ToList();

        Assert.Contains("views/overview.js", names);
        foreach (var name in names)
        {
            var text = await explorer.Http.GetStringAsync(name, Cancellation);
            Assert.DoesNotContain("http", text.Replace("http://www.w3.org/2000/svg", ""), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("innerHTML", text);
        }
    }

    // HttpClient would not send these headers as they are.
    private static async Task<string?> Ask(ExplorerRun explorer, string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, explorer.Address.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {explorer.Address.AbsolutePath}api/overview HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n"), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancellation);
    }
}
