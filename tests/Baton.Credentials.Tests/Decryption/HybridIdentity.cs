using Baton.Credentials.Age;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Kems;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Baton.Credentials.Tests.Decryption;

/// <summary>The private side of X-Wing: a seed that expands to an ML-KEM seed and an X25519 scalar.</summary>
internal sealed class HybridIdentity : IAgeIdentity
{
    private readonly MLKemPrivateKeyParameters _lattice;
    private readonly byte[] _scalar;
    private readonly byte[] _point = new byte[32];

    public HybridIdentity(byte[] seed)
    {
        var expanded = new byte[96];
        var shake = new ShakeDigest(256);
        shake.BlockUpdate(seed);
        shake.OutputFinal(expanded, 0, expanded.Length);
        _lattice = MLKemPrivateKeyParameters.FromSeed(MLKemParameters.ml_kem_768, expanded[..64]);
        _scalar = expanded[64..];
        X25519.ScalarMultBase(_scalar, _point);
    }

    public byte[] PublicKey => [.. _lattice.GetPublicKeyEncoded(), .. _point];

    public SecretBuffer? Unwrap(AgeStanza stanza)
    {
        if (stanza.Type != HybridRecipient.StanzaType || stanza.Arguments is not [var share])
        {
            return null;
        }

        var encapsulation = AgeBase64.Decode(share);
        Assert.Equal(XWing.EncapsulationSize, encapsulation.Length);
        var decapsulator = new MLKemDecapsulator(MLKemParameters.ml_kem_768);
        decapsulator.Init(_lattice);
        var lattice = new byte[32];
        decapsulator.Decapsulate(encapsulation.AsSpan(0, XWing.MlKemEncapsulationSize), lattice);
        var ephemeral = encapsulation[XWing.MlKemEncapsulationSize..];
        var curve = new byte[32];
        X25519.CalculateAgreement(_scalar, ephemeral, curve);

        using var secret = XWing.Combine(lattice, curve, ephemeral, _point);
        var key = new byte[ChaChaPoly.KeySize];
        var nonce = new byte[ChaChaPoly.NonceSize];
        HybridRecipient.Schedule(secret.Span, key, nonce);
        var fileKey = new SecretBuffer(FileKeyWrap.FileKeySize);
        return ChaChaPoly.TryOpen(key, nonce, stanza.Body, fileKey.Span) ? fileKey : null;
    }
}
