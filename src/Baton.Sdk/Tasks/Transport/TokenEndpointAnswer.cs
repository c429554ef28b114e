using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>The members of the token endpoint's answers that count, good or bad (RFC 6749).</summary>
internal sealed record TokenEndpointAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    /// <summary>Seconds; some servers write a string or a fraction.</summary>
    [JsonPropertyName("expires_in")]
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public double? ExpiresIn { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }

    /// <summary>Null when it is not such an answer.</summary>
    public static TokenEndpointAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, TokenJson.Default.TokenEndpointAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(TokenEndpointAnswer))]
internal sealed partial class TokenJson : JsonSerializerContext;
