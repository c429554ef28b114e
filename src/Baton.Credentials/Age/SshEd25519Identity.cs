using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Age;

/// <summary>Does not outlive the seed that it is made of.</summary>
internal sealed class SshEd25519Identity : IAgeIdentity, IDisposable
{
    private readonly SshEd25519Key _key;
    private readonly SecretBuffer _scalar = new(X25519.ScalarSize);

    public SshEd25519Identity(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey)
    {
        _key = new(publicKey);
        using var expanded = new SecretBuffer(SHA512.HashSizeInBytes);
        SHA512.HashData(seed, expanded.Span);
        expanded.Span[..X25519.ScalarSize].CopyTo(_scalar.Span);
    }

    public SecretBuffer? Unwrap(AgeStanza stanza)
    {
        if (stanza.Type != SshEd25519Key.StanzaType || stanza.Arguments is not [var tag, var share] || tag != _key.Tag)
        {
            return null;
        }

        var ephemeral = AgeBase64.Decode(share);
        if (ephemeral.Length != X25519.PointSize)
        {
            throw new DecryptionException("failed to decrypt: invalid ssh-ed25519 stanza");
        }

        using var wrapKey = _key.WrapKey(_scalar.Span, ephemeral, ephemeral);
        return wrapKey is null ? throw Damaged() : FileKeyWrap.Unwrap(wrapKey.Span, stanza.Body) ?? throw Damaged();
    }

    public void Dispose() => _scalar.Dispose();

    // The tag said that it is for this key.
    private static DecryptionException Damaged() => new("failed to decrypt: the file key does not open");
}
