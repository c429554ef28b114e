using System.Net;
using System.Net.Sockets;
using System.Text;
using Baton.Configuration;
using Baton.Sdk.Hosting.Health;
using Baton.Sdk.Tests.Tasks.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Hosting.Health;

/// <summary>What comes over the wire, from probes and from others.</summary>
public sealed class HealthServerTests
{
    private static readonly HealthAnswer Fine = new(HttpStatusCode.OK, "application/json", "{}\n"u8.ToArray());

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 56, 50, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_Get_IsWholeAndEndsTheConnection()
    {
        await using var server = Start();

        var answer = await ExchangeAsync(server, "GET /live?verbose HTTP/1.1\r\nHost: somebody.else\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\nDate: Mon, 23 Nov 2026 10:56:50 GMT\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("Connection: close\r\n\r\n{}\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /live HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK")]
    [InlineData("DELETE http://proxy.example/live HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK")]
    [InlineData("GET /live HTTP/1.1\n\n", "HTTP/1.1 200 OK")]
    [InlineData("GET /other HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found")]
    [InlineData("GET /broken HTTP/1.1\r\n\r\n", "HTTP/1.1 500 Internal Server Error")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\u0016\u0003\u0001 hello\n\n", "HTTP/1.1 400 Bad Request")]
    public async Task Answer_ToWhatComes_HasTheStatus(string request, string start)
    {
        await using var server = Start();

        Assert.StartsWith(start + "\r\n", await ExchangeAsync(server, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_UnknownPath_IsUpstreamsText()
    {
        await using var server = Start();

        var answer = await ExchangeAsync(server, "GET / HTTP/1.1\r\n\r\n");

        Assert.Contains("Content-Type: text/plain; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n404 page not found\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Head_HasNoBody()
    {
        await using var server = Start();

        var answer = await ExchangeAsync(server, "HEAD /live HTTP/1.1\r\n\r\n");

        Assert.Contains("Content-Length: 3\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_HeadInPieces_IsPutTogether()
    {
        await using var server = Start();
        using var client = await ConnectAsync(server);

        foreach (var piece in new[] { "GE", "T /live HT", "TP/1.1\r", "\n\r", "\n" })
        {
            await client.SendAsync(Encoding.ASCII.GetBytes(piece), Cancellation);
        }

        Assert.StartsWith("HTTP/1.1 200 OK", await RestAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_EndlessHead_IsRefused()
    {
        await using var server = Start();

        var answer = await ExchangeAsync(server, "GET /live HTTP/1.1\r\nX: " + new string('x', RequestHead.MostBytes));

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_HeadDoesNotEnd_IsRefusedAfterTenSeconds()
    {
        await using var server = Start();
        using var slow = await ConnectAsync(server);
        await slow.SendAsync("GET /live HTTP/1.1\r\n"u8.ToArray(), Cancellation);
        var answer = RestAsync(slow);

        // Whether the server has begun to wait is not to be seen: time goes on until it has.
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /live HTTP/1.1\r\nX-")]
    public async Task Answer_ManyConnectionsThatSayNothing_DoNotKeepAProbeOut(string beginning)
    {
        // More than the server holds, by far, and time goes on only where the server waits for it: none of them is ever too slow.
        var time = new WatchedTime(_time.GetUtcNow());
        await using var server = Start(time);
        var idle = new List<Socket>();
        try
        {
            for (var count = 0; count < 600; count++)
            {
                idle.Add(await ConnectAsync(server));
                await idle[^1].SendAsync(Encoding.ASCII.GetBytes(beginning), Cancellation);
            }

            for (var probe = 0; probe < 3; probe++)
            {
                var answer = ExchangeAsync(server, "GET /live HTTP/1.1\r\n\r\n");
                using var answered = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                for (var moment = time.PassAsync(HealthServer.Moment, answered.Token); await Task.WhenAny(answer, moment) != answer;)
                {
                    moment = time.PassAsync(HealthServer.Moment, answered.Token);
                }

                await answered.CancelAsync();
                Assert.StartsWith("HTTP/1.1 200 OK", await answer, StringComparison.Ordinal);
            }

            Assert.InRange(time.GetUtcNow() - _time.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task Answer_MoreProbesAtOnceThanThereArePlaces_AreAllAnswered()
    {
        // Between its connection and its request each is as silent as those that never ask. Time stands still: the moment does not end.
        await using var server = Start();
        var probes = new List<Socket>();
        try
        {
            for (var count = 0; count < 300; count++)
            {
                probes.Add(await ConnectAsync(server));
            }

            var answers = await Task.WhenAll(probes.Select(AskAsync));

            Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal));
        }
        finally
        {
            probes.ForEach(probe => probe.Dispose());
        }

        // Whoever has its answer leaves, and makes room.
        static async Task<string> AskAsync(Socket probe)
        {
            await probe.SendAsync("GET /live HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);
            var answer = await RestAsync(probe);
            probe.Dispose();
            return answer;
        }
    }

    [Fact]
    public async Task Answer_ManyProbesUnderWay_AreAllAnswered()
    {
        // Who has asked is never dropped, however many are under way.
        var goOn = new TaskCompletionSource();
        var asked = 0;
        await using var server = HealthServer.Start(
            Loopback,
            async (_, _) =>
            {
                Interlocked.Increment(ref asked);
                await goOn.Task;
                return Fine;
            },
            _time,
            NullLogger.Instance);
        var answers = Enumerable.Range(0, 200).Select(_ => ExchangeAsync(server, "GET /live HTTP/1.1\r\n\r\n")).ToList();
        while (Volatile.Read(ref asked) < 200)
        {
            await Task.Yield();
        }

        goOn.SetResult();

        Assert.All(await Task.WhenAll(answers), answer => Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DisposeAsync_AnswerUnderWay_IsSent()
    {
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var server = HealthServer.Start(
            Loopback,
            async (_, _) =>
            {
                asked.SetResult();
                await goOn.Task;
                return Fine;
            },
            _time,
            NullLogger.Instance);
        using var client = await ConnectAsync(server);
        await client.SendAsync("GET /live HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);
        await asked.Task.WaitAsync(Cancellation);

        var closing = server.DisposeAsync();
        goOn.SetResult();

        Assert.StartsWith("HTTP/1.1 200 OK", await RestAsync(client), StringComparison.Ordinal);
        client.Dispose();
        await closing;
    }

    [Fact]
    public async Task DisposeAsync_ClientThatIsSilent_IsCutOffAfterFiveSeconds()
    {
        var server = Start();
        using var silent = await ConnectAsync(server);
        await silent.SendAsync("GET"u8.ToArray(), Cancellation);

        var closing = server.DisposeAsync().AsTask();
        while (!closing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await closing;
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData("::", "[::1]")]
    [InlineData("localhost", "localhost")]
    public void ToAsk_AnyAddress_IsOneThatCanBeReached(string bind, string asked)
        => Assert.Equal($"http://{asked}:8081/ready", new HealthAddress(bind, 8081).ToAsk("ready").ToString());

    [Fact]
    public async Task Start_AddressInUse_SaysWhatToDo()
    {
        await using var server = Start();
        var taken = new HealthAddress("127.0.0.1", Port(server));

        var refusal = Assert.Throws<ConfigurationException>(() => HealthServer.Start(taken, (_, _) => Task.FromResult(Fine), _time, NullLogger.Instance));

        Assert.Equal(
            $"failed to start health check server: failed to create health check listener: listen tcp {taken}: the address is already in use (--health-check-port, --health-check-bind-address)",
            refusal.Message);
    }

    [Fact]
    public void Start_NoSuchHost_IsRefused()
        => Assert.Throws<ConfigurationException>(
            () => HealthServer.Start(new("no such host", 0), (_, _) => Task.FromResult(Fine), _time, NullLogger.Instance));

    private static HealthAddress Loopback { get; } = new("127.0.0.1", 0);

    private HealthServer Start(TimeProvider? time = null) => HealthServer.Start(
        Loopback,
        (path, _) => path switch
        {
            "/live" => Task.FromResult(Fine),
            "/broken" => throw new InvalidOperationException("a bug"),
            _ => Task.FromResult(HealthAnswer.NotFound),
        },
        time ?? _time,
        NullLogger.Instance);

    private static int Port(HealthServer server) => IPEndPoint.Parse(server.Address).Port;

    private static async Task<string> ExchangeAsync(HealthServer server, string request)
    {
        using var client = await ConnectAsync(server);
        await client.SendAsync(Encoding.Latin1.GetBytes(request), Cancellation);
        return await RestAsync(client);
    }

    private static async Task<Socket> ConnectAsync(HealthServer server)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPEndPoint.Parse(server.Address), Cancellation);
        return client;
    }

    private static async Task<string> RestAsync(Socket client)
    {
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
