using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baton.Testing.Hosting;

/// <summary>A forward proxy for one target, whatever host it is asked for: absolute requests are passed on, CONNECT makes a tunnel.</summary>
public sealed class ForwardProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly bool _refuses;
    private readonly Task _serving;

    public ForwardProxy(int target, bool refuses = false)
    {
        _target = target;
        _refuses = refuses;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The first line of the first request of each connection.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        try
        {
            using var client = accepted;
            var stream = client.GetStream();
            var head = await ReadHeadAsync(stream);
            var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
            _requests.Enqueue(line);
            if (_refuses)
            {
                await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
                return;
            }

            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            if (line.StartsWith("CONNECT ", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
            }
            else
            {
                // One request a connection keeps this small: the server is told to close, and so the client opens another.
                var uri = new Uri(line.Split(' ')[1]);
                var rest = head[(head.IndexOf('\n', StringComparison.Ordinal) + 1)..];
                await server.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {uri.PathAndQuery} HTTP/1.1\r\nConnection: close\r\n{rest}"), _stop.Token);
            }

            await Task.WhenAny(stream.CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(stream, _stop.Token));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // One side left.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
