using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Baton.Credentials.Tests;

internal static class Keys
{
    /// <summary>The private JWK of a seed.</summary>
    public static JsonElement Ed25519(byte[] seed)
    {
        var publicKey = new byte[32];
        Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.GeneratePublicKey(seed, publicKey);
        using var document = JsonDocument.Parse(
            $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(publicKey)}}","d":"{{Base64Url.EncodeToString(seed)}}"}""");
        return document.RootElement.Clone();
    }

    public static ClientSecret Secret(JsonElement privateJwk)
        => ClientSecret.Parse("secret-token:conductorone.com:v1:" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(privateJwk.GetRawText())));
}
