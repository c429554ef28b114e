using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Baton.Testing.ControlPlane.Tokens;

/// <summary>What a client signs to show that it has the secret: a JWT in compact form.</summary>
internal static partial class ClientAssertion
{
    private const long HalfLife = 120;

    private static readonly HashSet<string> HeaderNames = new(StringComparer.Ordinal) { "alg", "kid", "nonce" };
    private static readonly HashSet<string> ClaimNames = new(StringComparer.Ordinal) { "iss", "sub", "aud", "exp", "nbf", "iat" };

    /// <summary>What is wrong with it; null when it is good. The nonce is set whenever it can be read.</summary>
    public static string? Problem(string assertion, string clientId, string? keyId, ClientKey key, DateTimeOffset now, out string? nonce)
    {
        nonce = null;
        var parts = assertion.Split('.');
        if (parts.Length != 3)
        {
            return "the assertion has not three parts";
        }

        try
        {
            if (!key.Signed(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])))
            {
                return "the signature is not of the client's key";
            }

            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return HeaderProblem(header.RootElement, keyId, out nonce) ?? ClaimProblem(claims.RootElement, clientId, now);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"the assertion is malformed: {malformed.Message}";
        }
    }

    private static string? HeaderProblem(JsonElement header, string? keyId, out string? nonce)
    {
        nonce = header.GetProperty("nonce").GetString();
        return header.GetProperty("alg").GetString() != "EdDSA" ? "alg is not EdDSA"
            : !Nonce().IsMatch(nonce ?? "") ? "nonce is not 32 lower-case hex digits"
            : (header.TryGetProperty("kid", out var kid) ? kid.GetString() : null) != keyId ? "kid is not the key's"
            : Unknown(header, HeaderNames) is { } name ? $"the header has a member {name}"
            : null;
    }

    private static string? ClaimProblem(JsonElement claims, string clientId, DateTimeOffset now)
    {
        var (issued, notBefore, expires) = (claims.GetProperty("iat").GetInt64(), claims.GetProperty("nbf").GetInt64(), claims.GetProperty("exp").GetInt64());
        var seconds = now.ToUnixTimeSeconds();
        return claims.GetProperty("iss").GetString() != clientId ? "iss is not the client id"
            : claims.GetProperty("sub").GetString() != clientId ? "sub is not the client id"
            : Audience(claims.GetProperty("aud")) != AudienceOf(clientId) ? "aud is not the host of the client id"
            : expires - issued != HalfLife || issued - notBefore != HalfLife ? "exp and nbf are not 120 seconds around iat"
            : seconds < notBefore || seconds > expires ? "the assertion is not valid now"
            : Unknown(claims, ClaimNames) is { } name ? $"there is a claim {name}"
            : null;
    }

    /// <summary>Of <c>name@host:port/path</c> the host.</summary>
    private static string AudienceOf(string clientId)
    {
        var address = clientId[(clientId.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return address.Split('/')[0].Split(':')[0];
    }

    /// <summary>Newer clients send a string, older ones a list of one.</summary>
    private static string? Audience(JsonElement audience)
        => audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1 ? audience[0].GetString() : audience.GetString();

    private static string? Unknown(JsonElement element, HashSet<string> known)
        => element.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !known.Contains(name));

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Nonce();
}
