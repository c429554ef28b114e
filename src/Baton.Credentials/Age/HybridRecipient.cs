using System.Security.Cryptography;

namespace Baton.Credentials.Age;

/// <summary>age's key against quantum computers, written <c>age1pq1…</c>: HPKE (RFC 9180) in its base mode over <see cref="XWing"/>.</summary>
internal sealed class HybridRecipient(byte[] publicKey) : IAgeRecipient
{
    public const string StanzaType = "mlkem768x25519";

    // "HPKE", then the numbers of X-Wing, HKDF-SHA256 and ChaCha20-Poly1305.
    private static readonly byte[] Suite = [.. "HPKE"u8, 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03];

    public AgeStanza Wrap(ReadOnlySpan<byte> fileKey, IEntropy entropy)
    {
        var encapsulation = new byte[XWing.EncapsulationSize];
        using var secret = XWing.Encapsulate(publicKey, entropy, encapsulation);
        using var key = new SecretBuffer(ChaChaPoly.KeySize);
        using var nonce = new SecretBuffer(ChaChaPoly.NonceSize);
        Schedule(secret.Span, key.Span, nonce.Span);

        var body = new byte[fileKey.Length + ChaChaPoly.TagSize];
        ChaChaPoly.Seal(key.Span, nonce.Span, fileKey, body);
        return new(StanzaType, [AgeBase64.Encode(encapsulation)], body);
    }

    /// <summary>RFC 9180, section 5.1, without a pre-shared key. What both sides compute.</summary>
    public static void Schedule(ReadOnlySpan<byte> sharedSecret, Span<byte> key, Span<byte> nonce)
    {
        Span<byte> context = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        context[0] = 0;
        Extract("psk_id_hash"u8, [], salt: [], context[1..33]);
        Extract("info_hash"u8, "age-encryption.org/mlkem768x25519"u8, salt: [], context[33..]);

        using var secret = new SecretBuffer(SHA256.HashSizeInBytes);
        Extract("secret"u8, [], sharedSecret, secret.Span);
        Expand(secret.Span, "key"u8, context, key);
        Expand(secret.Span, "base_nonce"u8, context, nonce);
    }

    private static void Extract(ReadOnlySpan<byte> label, ReadOnlySpan<byte> material, ReadOnlySpan<byte> salt, Span<byte> destination)
        => HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. Suite, .. label, .. material], salt, destination);

    private static void Expand(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> destination)
        => HKDF.Expand(HashAlgorithmName.SHA256, secret, destination, [0, (byte)destination.Length, .. "HPKE-v1"u8, .. Suite, .. label, .. context]);
}
