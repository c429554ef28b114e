using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Sheets;

/// <summary>Writes the values that stand for any JSON, and numbers, of which protobuf has three more than JSON.</summary>
internal static class DynamicJson
{
    public static void Write(Utf8JsonWriter json, Struct structure)
    {
        json.WriteStartObject();
        foreach (var (name, value) in structure.Fields)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ListValue list)
    {
        json.WriteStartArray();
        foreach (var value in list.Values)
        {
            Write(json, value);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue:
                json.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.NumberValue:
                Write(json, value.NumberValue);
                break;
            case Value.KindOneofCase.BoolValue:
                json.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.StructValue:
                Write(json, value.StructValue);
                break;
            case Value.KindOneofCase.ListValue:
                Write(json, value.ListValue);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    public static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(NotFinite(number));
        }
    }

    public static void Write(Utf8JsonWriter json, float number)
    {
        if (float.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(NotFinite(number));
        }
    }

    private static string NotFinite(double number)
        => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
}
