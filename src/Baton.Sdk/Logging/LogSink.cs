using Baton.Configuration;

namespace Baton.Sdk.Logging;

/// <summary>
/// Where lines go. Each is handed to the operating system at once and in one piece: nothing is lost when the process dies, and
/// lines of other processes do not end up inside.
/// </summary>
internal sealed class LogSink(Stream stream, bool ownsStream) : IDisposable
{
    private readonly Lock _lock = new();

    /// <summary>Opens a path for appending, or takes the standard stream it names.</summary>
    /// <exception cref="ConfigurationException">It cannot be written to.</exception>
    public static LogSink Open(string path, LogStreams streams) => path switch
    {
        "stdout" => new LogSink(streams.Output, ownsStream: false),
        "stderr" => new LogSink(streams.Error, ownsStream: false),
        _ => new LogSink(Open(path, FileMode.Append), ownsStream: true),
    };

    /// <summary>Opens a file as empty, whatever it held.</summary>
    /// <exception cref="ConfigurationException">It cannot be written to.</exception>
    public static LogSink Create(string path) => new(Open(path, FileMode.Create), ownsStream: true);

    public void Write(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            try
            {
                if (stream.CanSeek)
                {
                    // The file may have been truncated under us, by log rotation.
                    stream.Seek(0, SeekOrigin.End);
                }

                stream.Write(line);
                stream.Flush();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A full disk, a closed pipe or a closed stream (which .NET calls unauthorized) is no reason to stop working, and there is nowhere to report it to.
            }
        }
    }

    public void Dispose()
    {
        if (ownsStream)
        {
            lock (_lock)
            {
                stream.Dispose();
            }
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ConfigurationException($"open sink \"{path}\": {failure.Message}", failure);
        }
    }
}
