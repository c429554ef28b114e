using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Credentials.Jose;

/// <summary>A JWE (RFC 7516) in its compact form, by ECDH-ES straight to an A256GCM key.</summary>
internal sealed class JweSealer : ISealer
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly EllipticCurve _curve;
    private readonly ECParameters _publicKey;

    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public JweSealer(EllipticCurve curve, byte[] x, byte[] y)
    {
        _curve = curve;
        _publicKey = new() { Curve = curve.Curve, Q = new() { X = x, Y = y } };
        using var imported = ECDiffieHellman.Create(_publicKey);
    }

    public byte[] Seal(ReadOnlySpan<byte> plaintext, IEntropy entropy)
    {
        using var ephemeral = entropy.CreateKey(_curve.Curve);
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Header(ephemeral.ExportParameters(includePrivateParameters: false).Q)));
        var nonce = new byte[NonceSize];
        entropy.Fill(nonce);

        using var key = AgreeOnKey(ephemeral);
        using var cipher = new AesGcm(key.Span, TagSize);
        var ciphertext = new byte[plaintext.Length];
        var tag = new byte[TagSize];
        cipher.Encrypt(nonce, plaintext, ciphertext, tag, associatedData: Encoding.ASCII.GetBytes(header));

        // The part that is empty would be a wrapped key.
        return Encoding.ASCII.GetBytes(
            $"{header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(ciphertext)}.{Base64Url.EncodeToString(tag)}");
    }

    /// <summary>One round of the Concat KDF (RFC 7518, section 4.6.2), without names for the parties. What both sides compute.</summary>
    /// <param name="shared">The x coordinate of the point agreed on, in as many bytes as the curve has.</param>
    /// <param name="algorithm">What the key is for.</param>
    /// <param name="key">At most 32 bytes.</param>
    public static void DeriveKey(ReadOnlySpan<byte> shared, string algorithm, Span<byte> key)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Number(1));
        digest.AppendData(shared);
        digest.AppendData(Number(algorithm.Length));
        digest.AppendData(Encoding.ASCII.GetBytes(algorithm));
        digest.AppendData(Number(0));
        digest.AppendData(Number(0));
        digest.AppendData(Number(key.Length * 8));
        using var derived = new SecretBuffer(SHA256.HashSizeInBytes);
        digest.GetHashAndReset(derived.Span);
        derived.Span[..key.Length].CopyTo(key);
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private SecretBuffer AgreeOnKey(ECDiffieHellman ephemeral)
    {
        using var recipient = ECDiffieHellman.Create(_publicKey);
        using var publicKey = recipient.PublicKey;
        var shared = ephemeral.DeriveRawSecretAgreement(publicKey);
        try
        {
            var key = new SecretBuffer(KeySize);
            DeriveKey(shared, "A256GCM", key.Span);
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
        }
    }

    // The order of the members is upstream's; nothing in the values needs escaping.
    private string Header(ECPoint point)
        => $$$"""{"alg":"ECDH-ES","enc":"A256GCM","epk":{"kty":"EC","crv":"{{{_curve.Name}}}","x":"{{{Base64Url.EncodeToString(point.X)}}}","y":"{{{Base64Url.EncodeToString(point.Y)}}}"}}""";
}
