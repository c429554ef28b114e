using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Age;

/// <summary>age's own kind of private key.</summary>
internal sealed class X25519Identity : IAgeIdentity, IDisposable
{
    private readonly SecretBuffer _scalar;

    public X25519Identity(ReadOnlySpan<byte> scalar)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scalar.Length, X25519.ScalarSize, nameof(scalar));
        _scalar = new(scalar);
        PublicKey = new byte[X25519.PointSize];
        X25519.ScalarMultBase(scalar, PublicKey);
    }

    public byte[] PublicKey { get; }

    public SecretBuffer? Unwrap(AgeStanza stanza)
    {
        if (stanza.Type != X25519Recipient.StanzaType || stanza.Arguments is not [var share])
        {
            return null;
        }

        var ephemeral = AgeBase64.Decode(share);
        if (ephemeral.Length != X25519.PointSize)
        {
            throw new DecryptionException("failed to decrypt: invalid X25519 stanza");
        }

        using var wrapKey = X25519Recipient.WrapKey(_scalar.Span, ephemeral, ephemeral, PublicKey);
        return wrapKey is null ? null : FileKeyWrap.Unwrap(wrapKey.Span, stanza.Body);
    }

    public void Dispose() => _scalar.Dispose();
}
