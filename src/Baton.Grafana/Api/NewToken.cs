using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Api;

/// <summary>What came back from a request for a token. The key is in it once and nowhere else; it is wiped with it.</summary>
internal sealed class NewToken : IDisposable
{
    private const int LongestKey = 4096;

    private NewToken(WriteAnswer answer) => Answer = answer;

    public WriteAnswer Answer { get; }

    /// <summary>Null when Grafana did not say.</summary>
    public long? Id { get; private init; }

    /// <summary>Null when Grafana did not say.</summary>
    public Plaintext? Key { get; private init; }

    public static NewToken None(WriteAnswer answer) => new(answer);

    /// <summary>Reads the body of a success without making a string of the key.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static NewToken Read(int status, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        long? id = null;
        Plaintext? key = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isKey = reader.ValueTextEquals("key"u8);
            reader.Read();
            if (isId)
            {
                id = Number(ref reader);
            }
            else if (isKey && reader.TokenType == JsonTokenType.String)
            {
                key?.Dispose();
                key = Secret(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new(new WriteAnswer { Status = status, Id = id }) { Id = id, Key = key };
    }

    public void Dispose() => Key?.Dispose();

    private static long? Number(ref Utf8JsonReader reader)
        => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
            JsonTokenType.String when long.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };

    private static Plaintext? Secret(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length is 0 or > LongestKey)
        {
            return null;
        }

        Span<byte> key = stackalloc byte[LongestKey];
        try
        {
            return new Plaintext("token", key[..reader.CopyString(key)]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
