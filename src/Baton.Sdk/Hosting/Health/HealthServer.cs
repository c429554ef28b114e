using System.Net;
using System.Net.Sockets;
using Baton.Configuration;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Health;

/// <summary>
/// Answers probes over HTTP/1.1. Small on purpose: a path in, a status and a body out, one request a connection. Why it is no web server
/// from a library is decision 9.
/// </summary>
internal sealed partial class HealthServer : IAsyncDisposable
{
    private const int MostConnections = 256;

    /// <summary>How long a connection may be silent before it can lose its place.</summary>
    internal static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    private readonly Socket _listener;
    private readonly Func<string, CancellationToken, Task<HealthAnswer>> _answer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _abandon = new();
    // In the order in which they came; only the loop that accepts them touches it.
    private readonly Queue<HealthConnection> _connections = new();
    private readonly SemaphoreSlim _slots = new(MostConnections, MostConnections);
    private readonly Task _accepting;

    private HealthServer(Socket listener, Func<string, CancellationToken, Task<HealthAnswer>> answer, TimeProvider time, ILogger logger)
    {
        (_listener, _answer, _time, _logger) = (listener, answer, time, logger);
        LogStarting(logger, Address);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, as <c>host:port</c>.</summary>
    public string Address => _listener.LocalEndPoint!.ToString()!;

    /// <param name="address">What to listen on.</param>
    /// <param name="answer">The answer to a path. It is cancelled when the server is closed for good.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where start and end are said.</param>
    /// <exception cref="ConfigurationException">It cannot listen there.</exception>
    public static HealthServer Start(HealthAddress address, Func<string, CancellationToken, Task<HealthAnswer>> answer, TimeProvider time, ILogger logger)
    {
        Socket? listener = null;
        try
        {
            var endpoint = address.ToListenOn();
            listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
            {
                listener.DualMode = true;
            }

            listener.Bind(endpoint);
            listener.Listen();
            return new(listener, answer, time, logger);
        }
        catch (SocketException failure)
        {
            listener?.Dispose();
            throw new ConfigurationException(
                $"failed to start health check server: failed to create health check listener: listen tcp {address}: {Reason(failure)}"
                + " (--health-check-port, --health-check-bind-address)",
                failure);
        }
    }

    /// <summary>Stops listening, and lets the answers that are under way be sent.</summary>
    public async ValueTask DisposeAsync()
    {
        LogStopping(_logger);
        await _closing.CancelAsync();
        _listener.Dispose();
        _abandon.CancelAfter(ShutdownLimit);
        await _accepting;
        for (var left = MostConnections; left > 0; left--)
        {
            // Each connection gives its slot back, at the latest when it is abandoned.
            await _slots.WaitAsync(CancellationToken.None);
        }

        _slots.Dispose();
        _closing.Dispose();
        _abandon.Dispose();
    }

    private async Task AcceptAsync()
    {
        // Off the thread that starts the service.
        await Task.Yield();
        while (!_closing.IsCancellationRequested)
        {
            var isTaken = false;
            try
            {
                await TakeSlotAsync();
                isTaken = true;
                var connection = new HealthConnection(await _listener.AcceptAsync(_closing.Token), _answer, _time, _logger);
                isTaken = false;
                _connections.Enqueue(connection);
                _ = ServeAsync(connection);
            }
            catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
            {
                // The end.
            }
            catch (SocketException failure)
            {
                // A connection that was gone before it was taken, or no file handles left, which passes: not at full speed, though.
                LogAcceptFailed(_logger, failure.Message);
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(100), _time, _closing.Token));
            }
            finally
            {
                if (isTaken)
                {
                    _slots.Release();
                }
            }
        }
    }

    /// <summary>
    /// Keeps a place for the next probe: when all are taken, the connection that has been silent for longest goes. A probe says at once what
    /// it wants, and whoever holds connections open and says nothing must not keep it out. Nor must a crowd of probes: each is given the
    /// moment between its connection and its request.
    /// </summary>
    private async Task TakeSlotAsync()
    {
        var slot = _slots.WaitAsync(_closing.Token);
        while (!slot.IsCompleted && LongestSilent() is { } oldest)
        {
            if (oldest.Age < Moment)
            {
                await Task.WhenAny(slot, Task.Delay(Moment - oldest.Age, _time, _closing.Token));
            }
            else if (oldest.TryDrop())
            {
                break;
            }
        }

        await slot;
        LongestSilent();
    }

    /// <summary>Forgets those before it that are being answered, or are gone.</summary>
    private HealthConnection? LongestSilent()
    {
        while (_connections.TryPeek(out var first))
        {
            if (first.IsSilent)
            {
                return first;
            }

            _connections.Dequeue();
        }

        return null;
    }

    private async Task ServeAsync(HealthConnection connection)
    {
        try
        {
            await connection.ServeAsync(_abandon.Token);
        }
        finally
        {
            _slots.Release();
        }
    }

    private static string Reason(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the address is already in use",
        SocketError.AccessDenied => "permission denied",
        SocketError.AddressNotAvailable => "this machine has no such address",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "no such host",
        _ => failure.Message,
    };

    [LoggerMessage(EventId = 3105, Level = LogLevel.Information, Message = "health check server starting")]
    private static partial void LogStarting(ILogger logger, string address);

    [LoggerMessage(EventId = 3106, Level = LogLevel.Information, Message = "stopping health check server")]
    private static partial void LogStopping(ILogger logger);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Warning, Message = "a health check connection could not be taken")]
    private static partial void LogAcceptFailed(ILogger logger, string error);
}
