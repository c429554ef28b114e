using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Evidence.Accounts;
using Google.Protobuf.WellKnownTypes;

namespace Podium.Inventory.Applying;

/// <summary>The free-form part of a message as JSON, with its keys in order: writers shuffle them, and equal profiles must be equal text.</summary>
internal static class ProfileJson
{
    // Files come from strangers, and so does the depth of what they hold.
    private const int Deepest = 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="leaveOut">Keys of the outermost object that are not written.</param>
    public static string Of(Profile profile, params ReadOnlySpan<string> leaveOut)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, profile.Fields, leaveOut, 0);
        }

        return RowHash.Text(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, Value>> fields, ReadOnlySpan<string> leaveOut, int depth)
    {
        json.WriteStartObject();
        foreach (var (key, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (!leaveOut.Contains(key))
            {
                json.WritePropertyName(key);
                Write(json, value, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Value value, int depth)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue:
                json.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue):
                json.WriteNumberValue(value.NumberValue);
                break;
            case Value.KindOneofCase.BoolValue:
                json.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.StructValue when depth < Deepest:
                Write(json, value.StructValue.Fields, [], depth);
                break;
            case Value.KindOneofCase.ListValue when depth < Deepest:
                json.WriteStartArray();
                foreach (var item in value.ListValue.Values)
                {
                    Write(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
