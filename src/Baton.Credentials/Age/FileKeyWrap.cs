
namespace Baton.Credentials.Age;

/// <summary>A file key under a key that was agreed on for it alone, which is why a nonce of zeros is right.</summary>
internal static class FileKeyWrap
{
    public const int FileKeySize = 16;

    private const int WrappedSize = FileKeySize + ChaChaPoly.TagSize;

    private static readonly byte[] Nonce = new byte[ChaChaPoly.NonceSize];

    public static byte[] Wrap(ReadOnlySpan<byte> wrapKey, ReadOnlySpan<byte> fileKey)
    {
        var body = new byte[WrappedSize];
        ChaChaPoly.Seal(wrapKey, Nonce, fileKey, body);
        return body;
    }

    /// <summary>Null when it is not under this key.</summary>
    public static SecretBuffer? Unwrap(ReadOnlySpan<byte> wrapKey, ReadOnlySpan<byte> body)
    {
        // Another length would let one ciphertext open under several keys.
        if (body.Length != WrappedSize)
        {
            return null;
        }

        var fileKey = new SecretBuffer(FileKeySize);
        if (ChaChaPoly.TryOpen(wrapKey, Nonce, body, fileKey.Span))
        {
            return fileKey;
        }

        fileKey.Dispose();
        return null;
    }
}
