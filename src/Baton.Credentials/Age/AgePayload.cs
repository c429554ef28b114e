using System.Buffers.Binary;

namespace Baton.Credentials.Age;

/// <summary>
/// The content of an age file: chunks that are numbered, so that none can be moved or left out, and the last of them marked, so that none
/// can be cut off.
/// </summary>
internal static class AgePayload
{
    public const int ChunkSize = 64 * 1024;
    public const int SealedChunkSize = ChunkSize + ChaChaPoly.TagSize;

    public static int SealedLength(int plaintextLength) => plaintextLength + (Chunks(plaintextLength) * ChaChaPoly.TagSize);

    public static void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[ChaChaPoly.NonceSize];
        var chunks = Chunks(plaintext.Length);
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var isLast = chunk == chunks - 1;
            WriteNonce(nonce, chunk, isLast);
            var part = isLast ? plaintext[(chunk * ChunkSize)..] : plaintext.Slice(chunk * ChunkSize, ChunkSize);
            ChaChaPoly.Seal(key, nonce, part, destination.Slice(chunk * SealedChunkSize, part.Length + ChaChaPoly.TagSize));
        }
    }

    /// <exception cref="DecryptionException">It was changed, cut off, or added to.</exception>
    public static SecretBuffer Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        var chunks = (payload.Length + SealedChunkSize - 1) / SealedChunkSize;
        var length = payload.Length - (chunks * ChaChaPoly.TagSize);
        if (chunks == 0 || length < (chunks - 1) * ChunkSize)
        {
            throw new DecryptionException("failed to read decrypted data: unexpected end of the file");
        }

        var plaintext = new SecretBuffer(length);
        Span<byte> nonce = stackalloc byte[ChaChaPoly.NonceSize];
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var isLast = chunk == chunks - 1;
            WriteNonce(nonce, chunk, isLast);
            var part = isLast ? payload[(chunk * SealedChunkSize)..] : payload.Slice(chunk * SealedChunkSize, SealedChunkSize);
            var isEmptyAfterOthers = chunk > 0 && part.Length == ChaChaPoly.TagSize;
            if (isEmptyAfterOthers || !ChaChaPoly.TryOpen(key, nonce, part, plaintext.Span.Slice(chunk * ChunkSize, part.Length - ChaChaPoly.TagSize)))
            {
                plaintext.Dispose();
                throw new DecryptionException(
                    "failed to read decrypted data: failed to decrypt and authenticate payload chunk, file may be corrupted or tampered with");
            }
        }

        return plaintext;
    }

    // An empty plaintext is one empty chunk. No other chunk is empty.
    private static int Chunks(int plaintextLength) => Math.Max(1, (plaintextLength + ChunkSize - 1) / ChunkSize);

    // 11 bytes of counter, of which an array cannot need more than 8; then the mark.
    public static void WriteNonce(Span<byte> nonce, long chunk, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..11], chunk);
        nonce[11] = isLast ? (byte)1 : (byte)0;
    }
}
