using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Credentials;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Podium.Data;

namespace Podium.Tokens;

/// <summary>
/// A client's proof that it has the secret: a JWT in compact form, signed with Ed25519. Which key it must be signed with follows from who it is said
/// to be of, never from its own header.
/// </summary>
internal sealed class SignedAssertion
{
    /// <summary>Longer ones are not looked at; a real one has about 500 characters.</summary>
    private const int LongestText = 4096;
    private const int LongestNonce = 256;

    /// <summary>An assertion may end so far in the future. Clients take 120 s.</summary>
    private const long LongestLife = 300;

    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly JsonElement _header;
    private readonly JsonElement _claims;

    private SignedAssertion(byte[] signed, byte[] signature, JsonElement header, JsonElement claims)
    {
        _signed = signed;
        _signature = signature;
        _header = header;
        _claims = claims;
    }

    /// <summary>By what it is told that it was used before: SHA-256 of the nonce, or of the signature where there is none.</summary>
    public byte[] Mark => SHA256.HashData(Text(_header, "nonce") is { Length: > 0 and <= LongestNonce } nonce ? Encoding.UTF8.GetBytes(nonce) : _signature);

    /// <summary>Null when it is not of this form. Nothing of it is believed yet.</summary>
    public static SignedAssertion? Read(string text)
    {
        if (text.Length > LongestText || text.Split('.') is not [var header, var claims, var signature])
        {
            return null;
        }

        try
        {
            var signatureBytes = Base64Url.DecodeFromChars(signature);
            return signatureBytes.Length == Ed25519.SignatureSize
                && Member(header) is { ValueKind: JsonValueKind.Object } head
                && Member(claims) is { ValueKind: JsonValueKind.Object } body
                ? new(Encoding.ASCII.GetBytes($"{header}.{claims}"), signatureBytes, head, body)
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with it, for whoever has to mend it; null when it proves that the client has the key.</summary>
    public string? Problem(ClientCredential credential, DateTimeOffset now)
    {
        if (Text(_header, "alg") != "EdDSA" || !Ed25519.Verify(_signature, 0, credential.PublicKey, 0, _signed, 0, _signed.Length))
        {
            return "the assertion is not signed with the key of this client: take the secret that belongs to the client id, and check that it was not rotated";
        }

        var host = ClientId.Parse(credential.ClientId).Host;
        var seconds = now.ToUnixTimeSeconds();
        return Text(_claims, "iss") != credential.ClientId || Text(_claims, "sub") != credential.ClientId ? "iss and sub must be the client id"
            : !IsFor(host) ? $"aud must be {host}, the host of the client id without a port"
            : Number(_claims, "exp") is not { } end || end <= seconds ? "the assertion has ended: set the clocks of both machines"
            : end > seconds + LongestLife ? "exp is more than five minutes away: set the clocks of both machines"
            : Number(_claims, "nbf") > seconds ? "the assertion is not valid yet: set the clocks of both machines"
            : null;
    }

    /// <summary>Whether it was signed before a moment, or does not say when and could have been.</summary>
    public bool IsOlderThan(Moment moment)
        => Number(_claims, "iat") is { } signed ? signed < moment.ToDateTimeOffset().ToUnixTimeSeconds() : Number(_claims, "exp") <= (moment + TimeSpan.FromSeconds(LongestLife)).ToDateTimeOffset().ToUnixTimeSeconds();

    // Newer connectors send a text, older ones and API clients a list.
    private bool IsFor(string host) => _claims.TryGetProperty("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.String => audience.GetString() == host,
        JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == host),
        _ => false,
    };

    private static JsonElement Member(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false });

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static long? Number(JsonElement element, string name)
        => element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var value) ? value : null;
}
