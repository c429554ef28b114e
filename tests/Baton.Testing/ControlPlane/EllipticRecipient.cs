using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.Testing.ControlPlane;

/// <summary>Somebody at the platform to whom passwords and other credentials are encrypted: an EC key, whose half only the test has. Decrypts by the book (RFC 7518).</summary>
public sealed class EllipticRecipient : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>As a platform sends it.</summary>
    public EncryptionConfig Config
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
            return new() { Provider = "baton/jwk/v1", JwkPublicKeyConfig = new() { PubKey = ByteString.CopyFromUtf8(jwk) } };
        }
    }

    /// <exception cref="CryptographicException">It is for somebody else, or was changed.</exception>
    public string Decrypt(EncryptedData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var parts = Encoding.ASCII.GetString(Convert.FromBase64String(data.EncryptedBytes.ToStringUtf8())).Split('.');
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        var ephemeral = header.RootElement.GetProperty("epk");
        using var sender = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Bytes(ephemeral, "x"), Y = Bytes(ephemeral, "y") },
        });
        var agreed = _key.DeriveRawSecretAgreement(sender.PublicKey);
        byte[] input = [0, 0, 0, 1, .. agreed, 0, 0, 0, 7, .. "A256GCM"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
        using var cipher = new AesGcm(SHA256.HashData(input), tagSizeInBytes: 16);
        var text = new byte[Base64Url.DecodeFromChars(parts[3]).Length];
        cipher.Decrypt(Base64Url.DecodeFromChars(parts[2]), Base64Url.DecodeFromChars(parts[3]), Base64Url.DecodeFromChars(parts[4]), text, Encoding.ASCII.GetBytes(parts[0]));
        return Encoding.UTF8.GetString(text);
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
}
