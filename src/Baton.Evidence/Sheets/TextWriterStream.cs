using System.Text;

namespace Baton.Evidence.Sheets;

/// <summary>Takes UTF-8 and writes the text, for what writes bytes only.</summary>
public sealed class TextWriterStream(TextWriter output) : Stream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private char[] _characters = new char[4096];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // UTF-8 never has fewer bytes than UTF-16 has characters; one may be left from the write before.
        if (_characters.Length < buffer.Length + 1)
        {
            _characters = new char[buffer.Length + 1];
        }

        output.Write(_characters, 0, _decoder.GetChars(buffer, _characters, flush: false));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // The program flushes its output when it succeeded.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
