namespace Baton.Grafana.Api;

/// <summary>
/// The body of an answer, after decompression, that ends where a limit is passed: what a stranger answers can be one text of gigabytes, or
/// a list without an end, in members too that nobody asked for.
/// </summary>
internal sealed class BoundedBody(Stream body, BodyLimits limits) : Stream
{
    private long _total;
    private long _row;
    private long _text;
    private int _depth;
    private bool _isInText;
    private bool _isEscaped;

    /// <summary>The first byte that is no blank; 0 before it came.</summary>
    public byte First { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="OversizedAnswerException">A limit is passed.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = body.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        Require(_total, limits.Total, "an answer");
        foreach (var character in bytes)
        {
            Count(character);
        }
    }

    // As much of JSON as it takes to know where a text ends and how deep it lies. What is no JSON is refused by the parser.
    private void Count(byte character)
    {
        _text++;
        _row++;
        if (_isInText)
        {
            _isInText = _isEscaped || character != (byte)'"';
            _isEscaped = !_isEscaped && character == (byte)'\\';
            Require(_text, limits.Text, "a text");
            Require(_row, limits.Row, "a row");
            return;
        }

        switch (character)
        {
            case (byte)'"':
                (_isInText, _text) = (true, 0);
                break;
            case (byte)'[' or (byte)'{':
                _depth++;
                _text = 0;
                break;
            case (byte)']' or (byte)'}':
                _depth--;
                _text = 0;
                break;
            case (byte)',' or (byte)':':
                _text = 0;
                break;
            default:
                Require(_text, limits.Text, "a text");
                break;
        }

        // The rows of a list lie at depth 1, and end with a comma there.
        _row = _depth <= 1 && character is (byte)',' or (byte)'[' ? 0 : _row;
        Require(_row, limits.Row, "a row");
        if (First == 0 && character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            First = character;
        }
    }

    private static void Require(long bytes, long limit, string what)
    {
        if (bytes > limit)
        {
            throw new OversizedAnswerException($"{what} of more than {limit / 1024 / 1024} MiB");
        }
    }
}

/// <summary>An answer is larger than anything that is expected. The message says which part, and how large.</summary>
internal sealed class OversizedAnswerException(string message) : IOException(message);
