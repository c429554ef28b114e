namespace Baton.Credentials.Age;

/// <summary>Writes a payload chunk by chunk. A chunk is kept until there is more or it is known to be the last, which is marked.</summary>
internal sealed class AgeEncryptingStream(Stream destination, SecretBuffer key) : Stream
{
    private readonly SecretBuffer _plain = new(AgePayload.ChunkSize);
    private readonly byte[] _sealed = new byte[AgePayload.SealedChunkSize];
    private int _filled;
    private long _chunk;
    private bool _isEnded;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_isEnded;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        while (!buffer.IsEmpty)
        {
            if (_filled == AgePayload.ChunkSize)
            {
                Seal(isLast: false);
            }

            var taken = Math.Min(buffer.Length, AgePayload.ChunkSize - _filled);
            buffer[..taken].CopyTo(_plain.Span[_filled..]);
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
        // What is not a whole chunk waits for the rest.
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isEnded)
        {
            _isEnded = true;
            Seal(isLast: true);
            _plain.Dispose();
            key.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[ChaChaPoly.NonceSize];
        AgePayload.WriteNonce(nonce, _chunk++, isLast);
        var length = _filled + ChaChaPoly.TagSize;
        ChaChaPoly.Seal(key.Span, nonce, _plain.Span[.._filled], _sealed.AsSpan(0, length));
        destination.Write(_sealed, 0, length);
        _filled = 0;
    }
}
