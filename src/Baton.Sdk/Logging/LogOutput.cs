using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>Lines of one format and level, and where they go.</summary>
internal sealed class LogOutput(LogLevel level, LineFormatter formatter, IReadOnlyList<LogSink> sinks) : IDisposable
{
    public LogLevel Level => level;

    /// <summary>Only what is logged in this flow of control goes here; null for everything.</summary>
    public object? Flow { get; init; }

    public void Write(in LogEntry entry)
    {
        if (entry.Level < level)
        {
            return;
        }

        var buffer = LineBuffer.Rent();
        formatter.Format(entry, buffer);
        foreach (var sink in sinks)
        {
            sink.Write(buffer.Bytes.WrittenSpan);
        }

        // Not in a finally block: a buffer that an exception left half written is better forgotten.
        buffer.Return();
    }

    public void Dispose()
    {
        foreach (var sink in sinks)
        {
            sink.Dispose();
        }
    }
}
