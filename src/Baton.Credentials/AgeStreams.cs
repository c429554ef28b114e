using Baton.Credentials.Age;

namespace Baton.Credentials;

/// <summary>age files that do not fit into memory, as any age reads and writes them.</summary>
public static class AgeStreams
{
    private const int LongestHeader = 64 * 1024;

    /// <summary>By what such a file is known.</summary>
    public static ReadOnlySpan<byte> Beginning => "age-encryption.org/v1\n"u8;

    /// <summary>Encrypts what is written to it. Whole only after it was disposed of; <paramref name="destination"/> stays open.</summary>
    public static Stream Encrypt(Stream destination, IReadOnlyList<AgeProviderRecipient> recipients, IEntropy entropy)
    {
        using var fileKey = new SecretBuffer(FileKeyWrap.FileKeySize);
        entropy.Fill(fileKey.Span);
        destination.Write(AgeHeader.Write([.. recipients.Select(recipient => recipient.Recipient.Wrap(fileKey.Span, entropy))], fileKey.Span));
        Span<byte> nonce = stackalloc byte[AgeFile.NonceSize];
        entropy.Fill(nonce);
        destination.Write(nonce);
        return new AgeEncryptingStream(destination, AgeFile.PayloadKey(fileKey.Span, nonce));
    }

    /// <summary>
    /// The plaintext of a file. A chunk is given out when it is known to be good, which says nothing of what follows: only at the end is it known that
    /// the file is whole.
    /// </summary>
    /// <exception cref="DecryptionException">Here or while reading: it is no age file, or damaged, or for somebody else.</exception>
    public static Stream Decrypt(Stream source, IReadOnlyList<AgeIdentity> identities)
    {
        var header = AgeHeader.Parse(ReadHeader(source));
        using var fileKey = AgeFile.FileKey(header, [.. identities.Select(identity => identity.Identity)]);
        Span<byte> nonce = stackalloc byte[AgeFile.NonceSize];
        if (source.ReadAtLeast(nonce, nonce.Length, throwOnEndOfStream: false) < nonce.Length)
        {
            throw new DecryptionException("failed to decrypt: unexpected end of the file");
        }

        return new AgeDecryptingStream(source, AgeFile.PayloadKey(fileKey.Span, nonce));
    }

    // To the end of the line that closes it, and not a byte further.
    private static byte[] ReadHeader(Stream source)
    {
        var header = new List<byte>();
        var line = 0;
        while (header.Count < LongestHeader)
        {
            var next = source.ReadByte();
            if (next < 0)
            {
                return [.. header];
            }

            header.Add((byte)next);
            if (next == '\n')
            {
                if (header.Count - line > 4 && header[line] == (byte)'-' && header[line + 1] == (byte)'-' && header[line + 2] == (byte)'-' && header[line + 3] == (byte)' ')
                {
                    return [.. header];
                }

                line = header.Count;
            }
        }

        throw new DecryptionException("parsing age header: it is too long");
    }
}
