using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Baton.Sdk.Tests.Http;

/// <summary>A server of one's own making: what it does with each connection is a function.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public SocketServer(Func<Socket, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public int Connections { get; private set; }

    /// <summary>Answers every connection's first request, and remembers it.</summary>
    public static SocketServer Answering(string response, List<string> requests) => new(async socket =>
    {
        await using var stream = new NetworkStream(socket);
        await AnswerAsync(stream, response, requests);
    });

    /// <summary>Answers over TLS.</summary>
    public static SocketServer Secure(SslServerAuthenticationOptions tls, string response) => new(async socket =>
    {
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsServerAsync(tls);
        await AnswerAsync(stream, response, []);
    });

    /// <summary>A port on which nobody listens.</summary>
    public static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static async Task AnswerAsync(Stream stream, string response, List<string> requests)
    {
        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer);
        lock (requests)
        {
            requests.Add(Encoding.ASCII.GetString(buffer, 0, length));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(response));
    }

    private async Task ServeAsync(Func<Socket, Task> serve)
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Connections++;
                try
                {
                    await serve(socket);
                }
                catch (Exception refusal) when (refusal is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The client left, which is what some tests are about.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
