using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;

namespace Baton.Testing.ControlPlane.Tokens;

/// <summary>The Ed25519 key behind a client secret. The control plane keeps its public half only.</summary>
internal sealed class ClientKey
{
    private readonly byte[] _publicKey;

    private ClientKey(byte[] publicKey) => _publicKey = publicKey;

    /// <summary>A new key, and the secret that a client is given.</summary>
    /// <param name="keyId">What the secret calls the key; null for no name.</param>
    public static (ClientKey Key, string ClientSecret) Create(string? keyId)
    {
        var pair = new Ed25519PrivateKeyParameters(new SecureRandom());
        var publicKey = pair.GeneratePublicKey().GetEncoded();
        var jwk = new JsonObject
        {
            ["kty"] = "OKP",
            ["crv"] = "Ed25519",
            ["x"] = Base64Url.EncodeToString(publicKey),
            ["d"] = Base64Url.EncodeToString(pair.GetEncoded()),
        };
        if (keyId is not null)
        {
            jwk["kid"] = keyId;
        }

        return (new(publicKey), "secret-token:conductorone.com:v1:" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(jwk.ToJsonString())));
    }

    public bool Signed(ReadOnlySpan<byte> message, byte[] signature)
    {
        var bytes = message.ToArray();
        return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _publicKey, 0, bytes, 0, bytes.Length);
    }
}
