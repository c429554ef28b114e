using Baton.Credentials.Age;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Tests.Decryption;

internal sealed class X25519Identity(byte[] scalar) : IAgeIdentity
{
    public byte[] PublicKey
    {
        get
        {
            var publicKey = new byte[32];
            X25519.ScalarMultBase(scalar, publicKey);
            return publicKey;
        }
    }

    public SecretBuffer? Unwrap(AgeStanza stanza)
    {
        if (stanza.Type != X25519Recipient.StanzaType || stanza.Arguments is not [var share])
        {
            return null;
        }

        var ephemeral = AgeBase64.Decode(share);
        using var wrapKey = X25519Recipient.WrapKey(scalar, ephemeral, ephemeral, PublicKey);
        return wrapKey is null ? null : FileKeyWrap.Unwrap(wrapKey.Span, stanza.Body);
    }
}
