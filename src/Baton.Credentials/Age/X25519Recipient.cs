using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Age;

/// <summary>age's own kind of key, written <c>age1…</c>.</summary>
internal sealed class X25519Recipient(byte[] publicKey) : IAgeRecipient
{
    public const string StanzaType = "X25519";

    public AgeStanza Wrap(ReadOnlySpan<byte> fileKey, IEntropy entropy)
    {
        using var scalar = new SecretBuffer(X25519.ScalarSize);
        entropy.Fill(scalar.Span);
        var ephemeral = new byte[X25519.PointSize];
        X25519.ScalarMultBase(scalar.Span, ephemeral);

        using var wrapKey = WrapKey(scalar.Span, publicKey, ephemeral, publicKey)
            ?? throw new InvalidOperationException("The key was not validated: agreeing with it gave zero.");
        return new(StanzaType, [AgeBase64.Encode(ephemeral)], FileKeyWrap.Wrap(wrapKey.Span, fileKey));
    }

    /// <summary>32 bytes that agreements can be made with: the points of low order give zero with everybody.</summary>
    public static bool IsValid(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> any = stackalloc byte[X25519.ScalarSize];
        Span<byte> agreed = stackalloc byte[X25519.PointSize];
        any.Fill(1);
        return publicKey.Length == X25519.PointSize && X25519.CalculateAgreement(any, publicKey, agreed);
    }

    /// <summary>What both sides compute; null when the point is of no use.</summary>
    public static SecretBuffer? WrapKey(
        ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> recipient)
    {
        using var agreed = new SecretBuffer(X25519.PointSize);
        if (!X25519.CalculateAgreement(scalar, point, agreed.Span))
        {
            return null;
        }

        var key = new SecretBuffer(ChaChaPoly.KeySize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed.Span, key.Span, salt: [.. ephemeral, .. recipient], "age-encryption.org/v1/X25519"u8);
        return key;
    }
}
