namespace Baton.Credentials.Age;

/// <summary>Reads a payload chunk by chunk, each checked before a byte of it is given out. The end is given only behind the chunk that is marked as the last.</summary>
internal sealed class AgeDecryptingStream(Stream source, SecretBuffer key) : Stream
{
    private readonly SecretBuffer _plain = new(AgePayload.ChunkSize);
    // One byte more than a chunk tells whether another one follows.
    private readonly byte[] _sealed = new byte[AgePayload.SealedChunkSize + 1];
    private int _ahead;
    private int _position;
    private int _length;
    private long _chunk;
    private bool _isLast;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_position == _length)
        {
            if (_isLast)
            {
                return 0;
            }

            Open();
        }

        var taken = Math.Min(buffer.Length, _length - _position);
        _plain.Span.Slice(_position, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
            key.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Open()
    {
        var read = _ahead + source.ReadAtLeast(_sealed.AsSpan(_ahead), _sealed.Length - _ahead, throwOnEndOfStream: false);
        _isLast = read <= AgePayload.SealedChunkSize;
        var length = Math.Min(read, AgePayload.SealedChunkSize);
        if (length < ChaChaPoly.TagSize)
        {
            throw new DecryptionException("failed to read decrypted data: unexpected end of the file");
        }

        Span<byte> nonce = stackalloc byte[ChaChaPoly.NonceSize];
        AgePayload.WriteNonce(nonce, _chunk, _isLast);
        _length = length - ChaChaPoly.TagSize;
        _position = 0;
        var isEmptyAfterOthers = _chunk++ > 0 && _length == 0;
        if (isEmptyAfterOthers || !ChaChaPoly.TryOpen(key.Span, nonce, _sealed.AsSpan(0, length), _plain.Span[.._length]))
        {
            throw new DecryptionException("failed to read decrypted data: failed to decrypt and authenticate payload chunk, file may be corrupted or tampered with");
        }

        if (!_isLast)
        {
            _sealed[0] = _sealed[AgePayload.SealedChunkSize];
            _ahead = 1;
        }
    }
}
