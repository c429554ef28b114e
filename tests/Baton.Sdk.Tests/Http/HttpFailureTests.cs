using System.Net;
using System.Net.Sockets;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Grpc.Core;

namespace Baton.Sdk.Tests.Http;

public sealed class HttpFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, StatusCode.InvalidArgument)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.NotFound)]
    [InlineData(408, StatusCode.DeadlineExceeded)]
    [InlineData(409, StatusCode.AlreadyExists)]
    [InlineData(410, StatusCode.InvalidArgument)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(499, StatusCode.InvalidArgument)]
    [InlineData(500, StatusCode.Unavailable)]
    [InlineData(501, StatusCode.Unimplemented)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(599, StatusCode.Unavailable)]
    [InlineData(302, StatusCode.Unknown)]
    [InlineData(200, StatusCode.Unknown)]
    public void Code_Status_IsMapped(int status, StatusCode code)
    {
        Assert.Equal(code, HttpFailure.Code((HttpStatusCode)status));
    }

    [Fact]
    public async Task Explain_NobodyListens_SaysWhere()
    {
        var address = SocketServer.Nobody();

        var failure = await FailAsync(address);

        Assert.Equal($"cannot connect to {address.Authority}: Connection refused", failure.Message);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Explain_UnknownHost_SaysToCheckTheAddress()
    {
        var failure = await FailAsync(new Uri("http://no-such-host.invalid/"));

        Assert.Equal("cannot find the host no-such-host.invalid; check the instance URL", failure.Message);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, false)]
    [InlineData(SocketError.NoData, false)]
    [InlineData(SocketError.TryAgain, true)]
    public void Explain_NameServer_IsWaitedForOnlyIfItIsAway(SocketError error, bool transient)
    {
        var failure = new HttpRequestException(HttpRequestError.NameResolutionError, "x", new SocketException((int)error));

        Assert.Equal(transient, HttpFailure.Explain(failure, new Uri("http://grafana.example.com/")).IsTransient);
    }

    [Fact]
    public async Task Explain_ConnectionReset_IsTransient()
    {
        await using var server = new SocketServer(async socket =>
        {
            await socket.ReceiveAsync(new byte[1]);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        });

        var failure = await FailAsync(server.Address);

        Assert.StartsWith($"the connection to {server.Address.Authority} broke: ", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Explain_ConnectionClosedInTheMiddle_IsTransient()
    {
        await using var server = SocketServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", []);

        var failure = await FailAsync(server.Address);

        Assert.StartsWith($"the connection to {server.Address.Authority} broke: ", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Explain_NotTls_SaysToWriteHttp()
    {
        await using var server = SocketServer.Answering("HTTP/1.1 400 Bad Request\r\n\r\n", []);

        var failure = await FailAsync(new Uri($"https://127.0.0.1:{server.Port}/"));

        Assert.StartsWith($"127.0.0.1:{server.Port} answers http, not https: write http:// in front", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    private static async Task<ConnectorException> FailAsync(Uri address)
    {
        using var http = ConnectorHttp.Create(new ConnectorHttpOptions());
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(address, Cancellation));
        var explained = HttpFailure.Explain(failure, address);
        Assert.Equal(StatusCode.Unavailable, explained.Code);
        Assert.DoesNotContain('\n', explained.Message);
        return explained;
    }
}
