using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.Credentials;

/// <summary>
/// Proves to the platform's token endpoint that the client secret is at hand: a signed JWT of its own shape (RFC 7523, EdDSA). The members'
/// order is upstream's.
/// </summary>
public static class ClientAssertion
{
    // Clocks differ: it holds as long before now as after.
    private const int ToleranceSeconds = 120;

    // What HTML needs escaped is of no concern in a token.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A new nonce for every token.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string Create(ClientId client, ClientSecret secret, DateTimeOffset now, string nonce)
    {
        var signed = $"{Part(json => WriteHeader(json, secret, nonce))}.{Part(json => WriteClaims(json, client, now))}";
        return $"{signed}.{Base64Url.EncodeToString(secret.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static void WriteHeader(Utf8JsonWriter json, ClientSecret secret, string nonce)
    {
        json.WriteString("alg", "EdDSA");
        if (secret.Kid is { } kid)
        {
            json.WriteString("kid", kid);
        }

        json.WriteString("nonce", nonce);
    }

    private static void WriteClaims(Utf8JsonWriter json, ClientId client, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        json.WriteString("iss", client.Original);
        json.WriteString("sub", client.Original);
        json.WriteString("aud", client.Host);
        json.WriteNumber("exp", seconds + ToleranceSeconds);
        json.WriteNumber("nbf", seconds - ToleranceSeconds);
        json.WriteNumber("iat", seconds);
    }

    private static string Part(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
