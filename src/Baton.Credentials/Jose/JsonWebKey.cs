using System.Text.Json;

namespace Baton.Credentials.Jose;

/// <summary>
/// The members of a JSON Web Key (RFC 7517) that make a key; what the key is used for is not read. Texts of errors never show what was
/// read, which may be a private key.
/// </summary>
internal sealed class JsonWebKey : IDisposable
{
    private JsonWebKey()
    {
    }

    /// <summary><c>kty</c></summary>
    public string? KeyType { get; private set; }

    /// <summary><c>crv</c></summary>
    public string? Curve { get; private set; }

    /// <summary><c>kid</c></summary>
    public string? KeyId { get; private set; }

    public byte[]? X { get; private set; }

    public byte[]? Y { get; private set; }

    public byte[]? Modulus { get; private set; }

    public byte[]? Exponent { get; private set; }

    /// <summary><c>d</c>; null for a public key.</summary>
    public SecretBuffer? Private { get; private set; }

    /// <exception cref="FormatException">It is not a JSON object, or a member cannot be read. The message is for the end of a sentence.</exception>
    public static JsonWebKey Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            throw new FormatException("unexpected end of JSON input");
        }

        var key = new JsonWebKey();
        try
        {
            key.ReadMembers(json);
            return key;
        }
        catch (JsonException malformed)
        {
            key.Dispose();
            throw new FormatException("it is not a JSON object of texts", malformed);
        }
        catch (FormatException)
        {
            key.Dispose();
            throw;
        }
    }

    public void Dispose() => Private?.Dispose();

    private void ReadMembers(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            ReadMember(name, ref reader);
        }

        // Throws on anything behind the object.
        reader.Read();
    }

    private void ReadMember(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "kty":
                KeyType = Text(ref reader);
                break;
            case "crv":
                Curve = Text(ref reader);
                break;
            case "kid":
                KeyId = Text(ref reader);
                break;
            case "x":
                X = Bytes(ref reader);
                break;
            case "y":
                Y = Bytes(ref reader);
                break;
            case "n":
                Modulus = Bytes(ref reader);
                break;
            case "e":
                Exponent = Bytes(ref reader);
                break;
            case "d":
                Private?.Dispose();
                Private = Secret(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw new JsonException(),
    };

    private static byte[]? Bytes(ref Utf8JsonReader reader)
    {
        using var secret = Secret(ref reader);
        return secret?.Span.ToArray();
    }

    private static SecretBuffer? Secret(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        using var text = new SecretBuffer(reader.ValueSpan.Length);
        var length = reader.CopyString(text.Span);
        using var bytes = new SecretBuffer(Base64UrlText.MaxLength(length));
        return Base64UrlText.TryDecode(text.Span[..length], bytes.Span, out var written)
            ? new(bytes.Span[..written])
            : throw new FormatException("a value is not unpadded base64url");
    }
}
