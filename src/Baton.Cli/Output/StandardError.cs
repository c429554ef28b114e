namespace Baton.Cli.Output;

/// <summary>
/// Standard error. What cannot be said there is lost: it may be closed, or a file on a full disk, and neither may keep a command from
/// its work or change how it ends.
/// </summary>
internal sealed class StandardError(Stream stream) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static TextWriter Open() => new StreamWriter(new StandardError(Console.OpenStandardError())) { AutoFlush = true };

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // There is nobody left to tell.
        }
    }

    public override void Flush()
    {
        // Nothing is kept back, neither here nor by the system's stream.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
