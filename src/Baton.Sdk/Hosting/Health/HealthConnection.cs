using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Health;

/// <summary>One probe, from its first byte to the end of its connection.</summary>
internal sealed partial class HealthConnection(Socket socket, Func<string, CancellationToken, Task<HealthAnswer>> answer, TimeProvider time, ILogger logger)
{
    private const int Silent = 0;
    private const int Heard = 1;
    private const int Dropped = 2;
    private const int MostBytesIgnored = 64 * 1024;

    private static readonly TimeSpan ReceiveLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LingerLimit = TimeSpan.FromSeconds(1);

    private readonly long _began = time.GetTimestamp();
    private byte[] _buffer = new byte[1024];
    private int _received;
    private int _state = Silent;

    /// <summary>Its request is not complete yet, and it was not dropped.</summary>
    public bool IsSilent => Volatile.Read(ref _state) == Silent;

    public TimeSpan Age => time.GetElapsedTime(_began);

    /// <summary>Ends it if it has not asked for anything yet.</summary>
    public bool TryDrop()
    {
        if (Interlocked.CompareExchange(ref _state, Dropped, Silent) != Silent)
        {
            return false;
        }

        socket.Dispose();
        return true;
    }

    /// <summary>Throws nothing: whoever probes and goes away is no failure of ours.</summary>
    public async Task ServeAsync(CancellationToken abandon)
    {
        try
        {
            using (socket)
            {
                await AnswerAsync(abandon);
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, takes nothing, was dropped, or the process ends.
        }
        finally
        {
            // Whatever it was, there is nothing to drop any more.
            Interlocked.CompareExchange(ref _state, Heard, Silent);
        }
    }

    private async Task AnswerAsync(CancellationToken abandon)
    {
        var refusal = await ReceiveAsync(abandon);
        if (Interlocked.CompareExchange(ref _state, Heard, Silent) == Dropped)
        {
            return;
        }

        var head = refusal is null ? RequestHead.Parse(_buffer.AsSpan(0, _received)) : null;
        var chosen = head is null ? refusal ?? HealthAnswer.NotHttp : await ChooseAsync(head.Path, abandon);
        var bytes = chosen.ToBytes(time.GetUtcNow(), withBody: head?.Method != "HEAD");
        await WithinAsync(SendLimit, token => SendAsync(bytes, token), abandon);
        socket.Shutdown(SocketShutdown.Send);
        await WithinAsync(LingerLimit, IgnoreRestAsync, abandon);
    }

    /// <returns>Null when a whole head is here, or else what there is to say about that.</returns>
    private async Task<HealthAnswer?> ReceiveAsync(CancellationToken abandon)
    {
        try
        {
            return await WithinAsync(ReceiveLimit, ReceiveHeadAsync, abandon) ? null : HealthAnswer.TooLong;
        }
        catch (OperationCanceledException) when (!abandon.IsCancellationRequested)
        {
            return HealthAnswer.TooSlow;
        }
    }

    private async Task<bool> ReceiveHeadAsync(CancellationToken cancellationToken)
    {
        while (!RequestHead.IsComplete(_buffer.AsSpan(0, _received)))
        {
            if (_received == RequestHead.MostBytes)
            {
                return false;
            }

            if (_received == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, RequestHead.MostBytes));
            }

            var read = await socket.ReceiveAsync(_buffer.AsMemory(_received), cancellationToken);
            _received += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }

        return true;
    }

    private async Task<HealthAnswer> ChooseAsync(string path, CancellationToken abandon)
    {
        try
        {
            return await answer(path, abandon);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A bug, which must not keep a probe waiting.
            LogFailed(path, failure);
            return HealthAnswer.Broken;
        }
    }

    private async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }

        return true;
    }

    // Closing while something is unread resets the connection, and may take the answer along: a body that came with the request is read
    // and dropped, within reason.
    private async Task<bool> IgnoreRestAsync(CancellationToken cancellationToken)
    {
        for (var ignored = 0; ignored < MostBytesIgnored;)
        {
            var read = await socket.ReceiveAsync(_buffer, cancellationToken);
            if (read == 0)
            {
                return true;
            }

            ignored += read;
        }

        return false;
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> action, CancellationToken abandon)
    {
        using var overdue = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, abandon);
        return await action(either.Token);
    }

    [LoggerMessage(EventId = 3104, Level = LogLevel.Error, Message = "a health check could not be answered")]
    private partial void LogFailed(string path, Exception failure);
}
