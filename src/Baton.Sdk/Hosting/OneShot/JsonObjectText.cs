using System.Text.Json;
using Baton.Configuration;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Reads settings that are JSON objects.</summary>
internal static class JsonObjectText
{
    /// <exception cref="ConfigurationException">It is no JSON, or no object. The text itself is not quoted: it may hold what is secret.</exception>
    public static Struct Read(ResolvedConfiguration configuration, string name)
    {
        var text = configuration.GetString(name);
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? JsonParser.Default.Parse<Struct>(text)
                : throw new ConfigurationException(
                    $"failed to parse {name}: it must be a JSON object, as {{\"key\": \"value\"}}, but is {Kind(document.RootElement.ValueKind)}");
        }
        catch (JsonException broken)
        {
            throw new ConfigurationException($"failed to parse {name}: it is not JSON: {Where(broken)}", broken);
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw new ConfigurationException($"failed to parse {name}: it is nested too deeply, or its numbers are too large", broken);
        }
    }

    private static string Where(JsonException broken)
        => $"line {broken.LineNumber.GetValueOrDefault() + 1}, byte {broken.BytePositionInLine.GetValueOrDefault() + 1}; a JSON object is expected, as {{\"key\": \"value\"}}";

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "something else",
    };
}
