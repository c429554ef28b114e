using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Managed = Org.BouncyCastle.Crypto.Modes.ChaCha20Poly1305;

namespace Baton.Credentials.Age;

/// <summary>
/// ChaCha20-Poly1305 (RFC 8439) without associated data, the tag behind the ciphertext. Windows has it since Server 2022 only: where the
/// platform lacks it, a managed one does the same.
/// </summary>
internal static class ChaChaPoly
{
    public const int KeySize = 32;
    public const int NonceSize = 12;
    public const int TagSize = 16;

    /// <param name="destination">Longer than the plaintext by the tag.</param>
    public static void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        if (!ChaCha20Poly1305.IsSupported)
        {
            SealManaged(key, nonce, plaintext, destination);
            return;
        }

        using var cipher = new ChaCha20Poly1305(key);
        cipher.Encrypt(nonce, plaintext, destination[..plaintext.Length], destination[plaintext.Length..]);
    }

    /// <summary>False when the key is another one, or a bit was changed.</summary>
    /// <param name="destination">Shorter than what is opened by the tag.</param>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedText, Span<byte> destination)
    {
        if (!ChaCha20Poly1305.IsSupported)
        {
            return TryOpenManaged(key, nonce, sealedText, destination);
        }

        try
        {
            using var cipher = new ChaCha20Poly1305(key);
            cipher.Decrypt(nonce, sealedText[..^TagSize], sealedText[^TagSize..], destination);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public static void SealManaged(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> destination)
        => Run(forEncryption: true, key, nonce, plaintext, destination);

    public static bool TryOpenManaged(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedText, Span<byte> destination)
    {
        try
        {
            Run(forEncryption: false, key, nonce, sealedText, destination);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            CryptographicOperations.ZeroMemory(destination);
            return false;
        }
    }

    private static void Run(bool forEncryption, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> destination)
    {
        var cipher = new Managed();
        cipher.Init(forEncryption, new ParametersWithIV(new KeyParameter(key), nonce));
        var written = cipher.ProcessBytes(input, destination);
        cipher.DoFinal(destination[written..]);
    }
}
