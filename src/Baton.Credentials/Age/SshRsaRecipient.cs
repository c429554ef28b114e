using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace Baton.Credentials.Age;

/// <summary>RSA-OAEP with a label, which the base library's OAEP does not have.</summary>
internal sealed class SshRsaRecipient : IAgeRecipient
{
    public const string StanzaType = "ssh-rsa";
    public const int MinKeyBits = 2048;

    private readonly RsaKeyParameters _key;
    private readonly string _tag;

    /// <param name="modulus">Big-endian.</param>
    /// <param name="exponent">Big-endian.</param>
    /// <exception cref="ArgumentException">They are no RSA key.</exception>
    public SshRsaRecipient(byte[] modulus, byte[] exponent)
    {
        _key = new(isPrivate: false, new BigInteger(1, modulus), new BigInteger(1, exponent));
        _tag = SshWire.Tag(SshWire.Encode("ssh-rsa"u8.ToArray(), SshWire.Number(exponent), SshWire.Number(modulus)));
    }

    public AgeStanza Wrap(ReadOnlySpan<byte> fileKey, IEntropy entropy)
    {
        var cipher = Cipher();
        cipher.Init(forEncryption: true, new ParametersWithRandom(_key, SystemEntropy.Random));
        using var copy = new SecretBuffer(fileKey);
        return new(StanzaType, [_tag], cipher.ProcessBlock(copy.Array, 0, copy.Length));
    }

    /// <summary>Of both sides.</summary>
    public static IAsymmetricBlockCipher Cipher()
        => new OaepEncoding(new RsaBlindedEngine(), new Sha256Digest(), new Sha256Digest(), "age-encryption.org/v1/ssh-rsa"u8.ToArray());
}
