using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Baton.Testing.Connectors;

/// <summary>The key in a client secret, to sign assertions that are right, or wrong in the way that a test wants.</summary>
internal sealed class AssertionKey
{
    private const long HalfLife = 120;

    private readonly byte[] _seed;

    private AssertionKey(byte[] seed) => _seed = seed;

    public static AssertionKey Read(string clientSecret)
    {
        var jwk = JsonNode.Parse(Base64Url.DecodeFromChars(clientSecret.Split(':', 4)[3]))!;
        return new(Base64Url.DecodeFromChars(jwk["d"]!.GetValue<string>()));
    }

    /// <param name="clientId">Issuer, subject, and by its host the audience.</param>
    /// <param name="now">The middle of its life.</param>
    /// <param name="change">Header and claims, before they are signed.</param>
    public string Sign(string clientId, DateTimeOffset now, Action<JsonObject, JsonObject>? change)
    {
        var seconds = now.ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "EdDSA", ["nonce"] = RandomNumberGenerator.GetHexString(32, lowercase: true) };
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = clientId.Split('@', 2)[1].Split('/', 2)[0].Split(':')[0],
            ["exp"] = seconds + HalfLife,
            ["nbf"] = seconds - HalfLife,
            ["iat"] = seconds,
        };
        change?.Invoke(header, claims);
        var signed = $"{Part(header)}.{Part(claims)}";
        var message = Encoding.ASCII.GetBytes(signed);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(JsonObject member) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(member.ToJsonString()));
}
