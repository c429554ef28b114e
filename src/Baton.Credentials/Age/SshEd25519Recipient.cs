using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Age;

internal sealed class SshEd25519Recipient(ReadOnlySpan<byte> publicKey) : IAgeRecipient
{
    private readonly SshEd25519Key _key = new(publicKey);

    public AgeStanza Wrap(ReadOnlySpan<byte> fileKey, IEntropy entropy)
    {
        using var scalar = new SecretBuffer(X25519.ScalarSize);
        entropy.Fill(scalar.Span);
        var ephemeral = new byte[X25519.PointSize];
        X25519.ScalarMultBase(scalar.Span, ephemeral);

        using var wrapKey = _key.WrapKey(scalar.Span, _key.Montgomery, ephemeral)
            ?? throw new InvalidOperationException("The key was not validated: agreeing with it gave zero.");
        return new(SshEd25519Key.StanzaType, [_key.Tag, AgeBase64.Encode(ephemeral)], FileKeyWrap.Wrap(wrapKey.Span, fileKey));
    }
}
