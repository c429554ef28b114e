using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Service.Supervision;

/// <summary>
/// Where systemd, or whoever else starts services, wants to be told how this one is: the datagram socket in <c>NOTIFY_SOCKET</c>.
/// Microsoft.Extensions.Hosting.Systemd would do the same, but only for programs that are built on its generic host, which this one would
/// need for nothing else; a protocol of one <c>send</c> is no reason for it. Thread-safe.
/// </summary>
internal sealed partial class NotifySocket : IDisposable
{
    // Nobody is served better by a service that hangs because its supervisor does.
    private const int PatienceMilliseconds = 5000;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly ILogger _logger;
    private bool _failed;

    private NotifySocket(Socket socket, ILogger logger) => (_socket, _logger) = (socket, logger);

    /// <summary>Null when nobody asked to be told, or cannot be: a service that runs is worth more than one that is watched.</summary>
    public static NotifySocket? Open(Func<string, string?> variables, ILogger logger)
    {
        if (variables("NOTIFY_SOCKET") is not { Length: > 1 } address || !OperatingSystem.IsLinux())
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = PatienceMilliseconds };
        try
        {
            // An @ stands for the zero byte that abstract names begin with.
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address));
            return new(socket, logger);
        }
        catch (Exception refusal) when (refusal is SocketException or ArgumentException)
        {
            socket.Dispose();
            LogFailed(logger, refusal.Message);
            return null;
        }
    }

    /// <param name="assignments">Such as <c>READY=1</c>; they go into one datagram.</param>
    public void Send(params IReadOnlyList<string> assignments)
    {
        lock (_gate)
        {
            try
            {
                _socket.Send(Encoding.UTF8.GetBytes(string.Join('\n', assignments)));
                _failed = false;
            }
            catch (Exception refusal) when (refusal is SocketException or ObjectDisposedException)
            {
                if (!_failed)
                {
                    LogFailed(_logger, refusal.Message);
                }

                _failed = true;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    [LoggerMessage(EventId = 3031, Level = LogLevel.Warning, Message = "the supervisor cannot be told how the service is (NOTIFY_SOCKET)")]
    private static partial void LogFailed(ILogger logger, string error);
}
