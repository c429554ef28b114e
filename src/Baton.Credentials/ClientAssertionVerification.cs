using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Credentials.Jose;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Baton.Credentials;

/// <summary>
/// The other side of <see cref="ClientAssertion"/>: whether a client that asks for a token has the secret that it says. Made for the
/// clients that there are: no <c>typ</c>, no <c>jti</c>, the nonce in the header, the host alone as audience, as a text or a list of one.
/// </summary>
/// <param name="host">Whom assertions must be meant for: this server's name, without a port.</param>
public sealed class ClientAssertionVerification(string host)
{
    private const int LongestAssertion = 16 * 1024;
    private const int LongestNonce = 256;

    /// <summary>How far ahead an assertion may reach. Whoever remembers identifiers this long, and a minute more for the clocks, sees every repetition.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromMinutes(5);

    // Clocks differ, and a client that is a little ahead says "not before" a moment that is still to come.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Who says that it made the assertion: what the key is looked up by. Nothing is proven by it; null when it says nothing legible.
    /// </summary>
    public static string? ClaimedClient(string assertion)
    {
        try
        {
            return Split(assertion) is { } parts ? Claims.Read(parts.Claims).Subject : null;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <param name="assertion">As it came.</param>
    /// <param name="clientId">Whose token is asked for.</param>
    /// <param name="keys">The Ed25519 public keys of that client, 32 bytes each: two of them while a secret is being replaced.</param>
    /// <param name="now">The time here.</param>
    /// <returns>
    /// What names this assertion, and no other of the client: accepted before, it is a repetition. The caller remembers it until
    /// <see cref="VerifiedAssertion.Expires"/>, for all servers together.
    /// </returns>
    /// <exception cref="CredentialException">It proves nothing. The message is for the server's log, not for who asks.</exception>
    public VerifiedAssertion Verify(string assertion, string clientId, IReadOnlyList<ReadOnlyMemory<byte>> keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assertion);
        ArgumentNullException.ThrowIfNull(keys);
        var parts = Split(assertion) ?? throw new CredentialException("the assertion is not a signed token of three parts");
        if (!keys.Any(key => IsSigned(parts, key.Span)))
        {
            throw new CredentialException("the assertion is not signed with the client's key");
        }

        try
        {
            var (algorithm, nonce) = ReadHeader(parts.Header);
            var claims = Claims.Read(parts.Claims);
            if ((algorithm != "EdDSA" ? "its alg is not EdDSA" : claims.Problem(clientId, host, now)) is { } problem)
            {
                throw new CredentialException($"the assertion is not accepted: {problem}");
            }

            var name = nonce is { Length: > 0 and <= LongestNonce } ? $"n:{nonce}" : $"s:{Convert.ToHexStringLower(SHA256.HashData(parts.Signature))}";
            return new(name, claims.Expires + ClockTolerance);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            throw new CredentialException("the assertion is not JSON with the expected members", malformed);
        }
    }

    private static bool IsSigned(Parts parts, ReadOnlySpan<byte> key)
        => key.Length == Ed25519.PublicKeySize && parts.Signature.Length == Ed25519.SignatureSize
            && Ed25519.ValidatePublicKeyFull(key)
            && Ed25519.Verify(parts.Signature, 0, key.ToArray(), 0, parts.Signed, 0, parts.Signed.Length);

    private static Parts? Split(string assertion)
    {
        if (assertion.Length > LongestAssertion || assertion.Split('.') is not [var header, var claims, var signature])
        {
            return null;
        }

        try
        {
            return new(
                Encoding.ASCII.GetBytes($"{header}.{claims}"),
                Base64UrlText.Decode(Encoding.UTF8.GetBytes(header)),
                Base64UrlText.Decode(Encoding.UTF8.GetBytes(claims)),
                Base64UrlText.Decode(Encoding.UTF8.GetBytes(signature)));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static (string? Algorithm, string? Nonce) ReadHeader(byte[] json)
    {
        using var header = JsonDocument.Parse(json, Strict);
        return (Claims.Text(header.RootElement, "alg"), Claims.Text(header.RootElement, "nonce"));
    }

    // Of two members with one name, some readers take the first and some the last.
    private static JsonDocumentOptions Strict => new() { MaxDepth = 4, AllowDuplicateProperties = false };

    private sealed record Parts(byte[] Signed, byte[] Header, byte[] Claims, byte[] Signature);

    private sealed record Claims(string? Issuer, string? Subject, string? Audience, DateTimeOffset Expires, DateTimeOffset? NotBefore)
    {
        public static Claims Read(byte[] json)
        {
            using var document = JsonDocument.Parse(json, Strict);
            var claims = document.RootElement;
            return new(
                Text(claims, "iss"),
                Text(claims, "sub"),
                ReadAudience(claims),
                Moment(claims, "exp") ?? throw new FormatException("there is no exp"),
                Moment(claims, "nbf"));
        }

        public static string? Text(JsonElement members, string name) => members.TryGetProperty(name, out var member) ? member.GetString() : null;

        public string? Problem(string clientId, string host, DateTimeOffset now)
            => Issuer != clientId || Subject != clientId ? "it is of another client"
                : !string.Equals(Audience, host, StringComparison.OrdinalIgnoreCase) ? "it is meant for another server"
                : Expires <= now - ClockTolerance ? "it has expired; compare the clocks"
                : Expires > now + LongestLife + ClockTolerance ? "it reaches too far ahead; compare the clocks"
                : NotBefore > now + ClockTolerance ? "it is not valid yet; compare the clocks"
                : null;

        private static string? ReadAudience(JsonElement claims)
            => !claims.TryGetProperty("aud", out var audience) ? null
                : audience.ValueKind != JsonValueKind.Array ? audience.GetString()
                : audience.GetArrayLength() == 1 ? audience[0].GetString() : null;

        private static DateTimeOffset? Moment(JsonElement claims, string name)
            => !claims.TryGetProperty(name, out var member) ? null
                : member.TryGetInt64(out var seconds) && seconds is >= 0 and < 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : throw new FormatException($"{name} is not a time");
    }
}
