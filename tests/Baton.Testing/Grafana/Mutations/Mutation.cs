using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Baton.Testing.Grafana.Mutations;

/// <summary>One change of every answer to one question.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Place">Which value, counted from 0 in the order of the text, the whole answer being the first.</param>
/// <param name="Kind">What is done to it.</param>
public sealed record Mutation(string Path, int Place, MutationKind Kind)
{
    /// <summary>How many values an answer has.</summary>
    public static int CountValues(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Count(document.RootElement);
    }

    /// <summary>Whether the value is a row of a list, and not a member of an object.</summary>
    public bool IsOfRow(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var (place, isRow) = (0, false);
        Walk(document.RootElement, isElement: false);
        return isRow;

        void Walk(JsonElement value, bool isElement)
        {
            isRow |= place++ == Place && isElement;
            foreach (var (_, inner) in Inner(value))
            {
                Walk(inner, value.ValueKind == JsonValueKind.Array);
            }
        }
    }

    public byte[] Apply(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
        {
            var place = 0;
            Write(writer, document.RootElement, name: null, ref place);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public override string ToString() => $"{Kind} value {Place} of {Path}";

    private void Write(Utf8JsonWriter writer, JsonElement value, string? name, ref int place)
    {
        var isMeant = place == Place;
        var kind = isMeant ? Kind : default(MutationKind?);
        place++;
        if (kind == MutationKind.Drop)
        {
            place += Count(value) - 1;
            return;
        }

        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        switch (kind)
        {
            case MutationKind.Null:
                writer.WriteNullValue();
                place += Count(value) - 1;
                return;
            case MutationKind.Retype:
                Retype(writer, value);
                place += Count(value) - 1;
                return;
            case MutationKind.Double:
                value.WriteTo(writer);
                if (name is not null)
                {
                    writer.WritePropertyName(name);
                }

                break;
            default:
                break;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var (inner, member) in Inner(value))
                {
                    Write(writer, member, inner, ref place);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var (_, element) in Inner(value))
                {
                    Write(writer, element, name: null, ref place);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void Retype(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.WriteNumberValue(Encoding.UTF8.GetByteCount(value.GetString()!));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                writer.WriteStringValue($"x{value.GetRawText()}");
                break;
            case JsonValueKind.Array:
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStartArray();
                writer.WriteEndArray();
                break;
        }
    }

    private static int Count(JsonElement value) => 1 + Inner(value).Sum(inner => Count(inner.Value));

    private static IEnumerable<(string? Name, JsonElement Value)> Inner(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(member => ((string?)member.Name, member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(element => ((string?)null, element)),
        _ => [],
    };
}
