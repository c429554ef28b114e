using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Baton.Credentials.Age;
using Baton.Credentials.Jose;

namespace Baton.Credentials;

/// <summary>
/// <c>baton/jwk/v1</c>: a public key as JWK. Ed25519 and RSA keys get an age file, as if they were SSH keys; EC keys get a JWE. Either is
/// sent as base64 text.
/// </summary>
public sealed class JwkRecipient : IEncryptionRecipient
{
    public const string ProviderName = "baton/jwk/v1";

    private readonly ISealer _sealer;

    private JwkRecipient(string keyId, ISealer sealer)
    {
        KeyId = keyId;
        _sealer = sealer;
    }

    public string Provider => ProviderName;

    public string KeyId { get; }

    public bool HasLegacyKeyId => true;

    /// <summary>Of a private key, the public half is used.</summary>
    /// <exception cref="CredentialException">It is none of the keys that can be encrypted to.</exception>
    public static JwkRecipient Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            using var key = JsonWebKey.Read(json);
            return key.KeyType switch
            {
                "OKP" when key.Curve == "Ed25519" => OfEd25519(key),
                "EC" => OfEllipticCurve(key),
                "RSA" => OfRsa(key),
                "oct" => throw Invalid("jwk: unsupported key type"),
                null => throw new FormatException("missing json web key type"),
                _ => throw new FormatException("unsupported key type/format"),
            };
        }
        catch (FormatException malformed)
        {
            // Without what caused it: the key may be a private one.
            throw Invalid($"jwk: failed to unmarshal jwk: {malformed.Message}");
        }
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, IEntropy entropy)
        => Encoding.ASCII.GetBytes(Convert.ToBase64String(_sealer.Seal(plaintext, entropy)));

    private static JwkRecipient OfEd25519(JsonWebKey key)
    {
        var x = key.X ?? throw new FormatException("invalid Ed25519 key, missing x value");
        return SshEd25519Key.IsValid(x)
            ? new(Thumbprint.OfEd25519(Base64Url.EncodeToString(x)), new AgeSealer(new SshEd25519Recipient(x)))
            : throw Invalid("jwk-ed25519: failed to create recipient: x is not the 32 bytes of an Ed25519 public key");
    }

    private static JwkRecipient OfEllipticCurve(JsonWebKey key)
    {
        var curve = EllipticCurve.Find(key.Curve) ?? throw new FormatException($"unsupported elliptic curve '{key.Curve}'");
        if (key is not { X: { } givenX, Y: { } givenY })
        {
            throw new FormatException("invalid EC key, missing x/y values");
        }

        if (curve.Pad(givenX) is not { } x || curve.Pad(givenY) is not { } y)
        {
            throw new FormatException("invalid EC key, X/Y are longer than the declared curve's");
        }

        try
        {
            return new(Thumbprint.OfEllipticCurve(curve.Name, Base64Url.EncodeToString(x), Base64Url.EncodeToString(y)), new JweSealer(curve, x, y));
        }
        catch (CryptographicException refused)
        {
            throw new FormatException("invalid EC key, X/Y are not on declared curve", refused);
        }
    }

    private static JwkRecipient OfRsa(JsonWebKey key)
    {
        if (key is not { Modulus: { } givenModulus, Exponent: { } givenExponent })
        {
            throw new FormatException("invalid RSA key, missing n/e values");
        }

        var modulus = givenModulus.AsSpan().TrimStart((byte)0).ToArray();
        var exponent = givenExponent.AsSpan().TrimStart((byte)0).ToArray();
        if (BitLength(modulus) < SshRsaRecipient.MinKeyBits)
        {
            throw Invalid("jwk-rsa: failed to create recipient: RSA key size is too small");
        }

        try
        {
            var recipient = new SshRsaRecipient(modulus, exponent);
            return new(Thumbprint.OfRsa(Base64Url.EncodeToString(modulus), Base64Url.EncodeToString(exponent)), new AgeSealer(recipient));
        }
        catch (ArgumentException)
        {
            throw Invalid("jwk-rsa: failed to create recipient: n and e are no RSA public key");
        }
    }

    private static int BitLength(byte[] number) => number.Length == 0 ? 0 : (number.Length * 8) - byte.LeadingZeroCount(number[0]);

    private static CredentialException Invalid(string message) => new(message);
}
