using System.Security.Cryptography;

namespace Baton.Credentials.Age;

/// <summary>The age file format, version 1, binary (https://age-encryption.org/v1): a header, 16 bytes of nonce, the payload.</summary>
internal static class AgeFile
{
    public const int NonceSize = 16;

    public static byte[] Encrypt(ReadOnlySpan<byte> plaintext, IAgeRecipient recipient, IEntropy entropy)
    {
        using var fileKey = new SecretBuffer(FileKeyWrap.FileKeySize);
        entropy.Fill(fileKey.Span);
        var header = AgeHeader.Write([recipient.Wrap(fileKey.Span, entropy)], fileKey.Span);

        var file = new byte[header.Length + NonceSize + AgePayload.SealedLength(plaintext.Length)];
        header.CopyTo(file, 0);
        var nonce = file.AsSpan(header.Length, NonceSize);
        entropy.Fill(nonce);
        using var key = PayloadKey(fileKey.Span, nonce);
        AgePayload.Seal(key.Span, plaintext, file.AsSpan(header.Length + NonceSize));
        return file;
    }

    /// <exception cref="DecryptionException">It is no age file, or damaged, or for somebody else.</exception>
    public static SecretBuffer Decrypt(ReadOnlySpan<byte> file, IAgeIdentity identity)
    {
        var header = AgeHeader.Parse(file);
        using var fileKey = FileKey(header, [identity]);

        var rest = file[header.Length..];
        if (rest.Length < NonceSize)
        {
            throw new DecryptionException("failed to decrypt: unexpected end of the file");
        }

        using var key = PayloadKey(fileKey.Span, rest[..NonceSize]);
        return AgePayload.Open(key.Span, rest[NonceSize..]);
    }

    /// <exception cref="DecryptionException">The file is for somebody else, or its header was changed.</exception>
    public static SecretBuffer FileKey(AgeHeader header, IReadOnlyList<IAgeIdentity> identities)
    {
        var fileKey = header.Stanzas.SelectMany(stanza => identities.Select(identity => identity.Unwrap(stanza))).FirstOrDefault(key => key is not null)
            ?? throw new DecryptionException("failed to decrypt: identity did not match any of the recipients");
        if (!header.IsAuthentic(fileKey.Span))
        {
            fileKey.Dispose();
            throw new DecryptionException("failed to decrypt: bad header MAC");
        }

        return fileKey;
    }

    public static SecretBuffer PayloadKey(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> nonce)
    {
        var key = new SecretBuffer(ChaChaPoly.KeySize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, key.Span, nonce, "payload"u8);
        return key;
    }
}
