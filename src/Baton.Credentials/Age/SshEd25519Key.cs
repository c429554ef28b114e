using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Baton.Credentials.Age;

/// <summary>
/// What both sides of an <c>ssh-ed25519</c> stanza compute: a signature key is used to agree on a key, by way of the Montgomery form of its
/// curve, and mixed with the key's SSH form so that the result belongs to this use alone.
/// </summary>
internal sealed class SshEd25519Key
{
    public const string StanzaType = "ssh-ed25519";

    private readonly byte[] _tweak = new byte[X25519.ScalarSize];
    private readonly byte[] _montgomery = new byte[X25519.PointSize];

    /// <param name="publicKey">A point that <see cref="IsValid"/>.</param>
    public SshEd25519Key(ReadOnlySpan<byte> publicKey)
    {
        var wire = SshWire.Encode("ssh-ed25519"u8.ToArray(), publicKey.ToArray());
        Tag = SshWire.Tag(wire);

        // HKDF of no key material at all, which OpenSSL 3.0 refuses to do in one step.
        HKDF.Expand(HashAlgorithmName.SHA256, HMACSHA256.HashData(wire.AsSpan(), []), _tweak, Label);
        ToMontgomery(publicKey, _montgomery);
    }

    public string Tag { get; }

    /// <summary>The public key, as a point to agree with.</summary>
    public ReadOnlySpan<byte> Montgomery => _montgomery;

    private static ReadOnlySpan<byte> Label => "age-encryption.org/v1/ssh-ed25519"u8;

    /// <summary>32 bytes that encode a point of the group that keys are from. The others make agreements that anybody can guess.</summary>
    public static bool IsValid(ReadOnlySpan<byte> publicKey)
        => publicKey.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFull(publicKey);

    /// <summary>The key under which the file key is; null when the point is of no use.</summary>
    /// <param name="scalar">One's own private half.</param>
    /// <param name="point">The other's public half.</param>
    /// <param name="ephemeral">The public half that goes into the file.</param>
    public SecretBuffer? WrapKey(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, ReadOnlySpan<byte> ephemeral)
    {
        using var agreed = new SecretBuffer(X25519.PointSize);
        using var tweaked = new SecretBuffer(X25519.PointSize);
        if (!X25519.CalculateAgreement(scalar, point, agreed.Span) || !X25519.CalculateAgreement(_tweak, agreed.Span, tweaked.Span))
        {
            return null;
        }

        var key = new SecretBuffer(ChaChaPoly.KeySize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, tweaked.Span, key.Span, salt: [.. ephemeral, .. _montgomery], Label);
        return key;
    }

    // RFC 7748, section 4.1: u = (1 + y) / (1 - y). The sign bit of x plays no part.
    private static void ToMontgomery(ReadOnlySpan<byte> publicKey, Span<byte> u)
    {
        var y = X25519Field.Create();
        X25519Field.Decode255(publicKey, y);
        var one = X25519Field.Create();
        X25519Field.One(one);
        var numerator = X25519Field.Create();
        X25519Field.Add(one, y, numerator);
        var denominator = X25519Field.Create();
        X25519Field.Sub(one, y, denominator);
        X25519Field.Inv(denominator, denominator);
        X25519Field.Mul(numerator, denominator, numerator);
        X25519Field.Normalize(numerator);
        X25519Field.Encode(numerator, u);
    }
}
