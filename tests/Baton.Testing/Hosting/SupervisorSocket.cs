using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Baton.Testing.Hosting;

/// <summary>What systemd listens on to be told how a service is: a datagram socket on the file system, or of an abstract name.</summary>
public sealed class SupervisorSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    /// <param name="address">A path, or a name after an <c>@</c>, as in <c>NOTIFY_SOCKET</c>.</param>
    public SupervisorSocket(string address)
    {
        Address = address;
        _socket.Bind(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address));
        _ = ReceiveAsync();
    }

    public string Address { get; }

    /// <summary>The lines that were waited for, and those before them.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>The next line that begins so. Those before it are passed over.</summary>
    public async Task<string> WaitForAsync(string beginning, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(cancellationToken);
            _seen.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(buffer);
                foreach (var line in Encoding.UTF8.GetString(buffer, 0, length).Split('\n'))
                {
                    _lines.Writer.TryWrite(line);
                }
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            _lines.Writer.TryComplete();
        }
    }
}
