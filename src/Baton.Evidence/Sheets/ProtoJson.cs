using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Sheets;

/// <summary>
/// Writes messages in the JSON mapping of protobuf. Google's own formatter gives up on an <c>Any</c> of a type it does not know, and
/// follows nested ones however deep they go; a listing must survive both, since files come from connectors newer than this program,
/// and from strangers. Not thread-safe.
/// </summary>
internal sealed class ProtoJson(TypeRegistry types)
{
    /// <summary>
    /// An Any inside an Any and so on starts a new message with a new allowance of depth each time. Below this many they stay encoded.
    /// </summary>
    private const int DeepestAny = 8;

    private readonly Dictionary<MessageDescriptor, FieldShape[]> _shapes = [];
    private int _anyDepth;

    public void Write(Utf8JsonWriter json, IMessage message)
    {
        switch (message)
        {
            case Any any:
                WriteAny(json, any);
                break;
            case Struct structure:
                DynamicJson.Write(json, structure);
                break;
            case Value value:
                DynamicJson.Write(json, value);
                break;
            case ListValue list:
                DynamicJson.Write(json, list);
                break;
            case Timestamp or Duration or FieldMask:
                // Their text is JSON already: a string, or an object with a warning when the value is out of range.
                json.WriteRawValue(message.ToString()!);
                break;
            case DoubleValue or FloatValue or Int64Value or UInt64Value or Int32Value or UInt32Value or BoolValue or StringValue or BytesValue:
                var wrapped = message.Descriptor.Fields[1];
                WriteSingle(json, wrapped, wrapped.Accessor.GetValue(message));
                break;
            default:
                json.WriteStartObject();
                WriteFields(json, message);
                json.WriteEndObject();
                break;
        }
    }

    /// <summary>The members of the object that a message is, for an object that has others too.</summary>
    public void WriteFields(Utf8JsonWriter json, IMessage message)
    {
        foreach (var shape in ShapeOf(message.Descriptor))
        {
            var field = shape.Field;
            if (field.HasPresence && !field.Accessor.HasValue(message))
            {
                continue;
            }

            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
            {
                WriteMap(json, shape, (IDictionary)value);
            }
            else if (field.IsRepeated)
            {
                WriteRepeated(json, shape, (IList)value);
            }
            else if (field.HasPresence || !IsDefault(value))
            {
                json.WritePropertyName(shape.Name);
                WriteSingle(json, field, value);
            }
        }
    }

    private void WriteMap(Utf8JsonWriter json, FieldShape shape, IDictionary entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var valueField = shape.Field.MessageType.Fields[2];
        json.WriteStartObject(shape.Name);
        foreach (DictionaryEntry entry in entries)
        {
            json.WritePropertyName(entry.Key is bool flag ? (flag ? "true" : "false") : entry.Key.ToString()!);
            WriteSingle(json, valueField, entry.Value!);
        }

        json.WriteEndObject();
    }

    private void WriteRepeated(Utf8JsonWriter json, FieldShape shape, IList items)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(shape.Name);
        foreach (var item in items)
        {
            WriteSingle(json, shape.Field, item!);
        }

        json.WriteEndArray();
    }

    private void WriteSingle(Utf8JsonWriter json, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case IMessage message:
                Write(json, message);
                break;
            case ByteString bytes:
                json.WriteBase64StringValue(bytes.Span);
                break;
            case long or ulong:
                json.WriteStringValue(value.ToString());
                break;
            case double number:
                DynamicJson.Write(json, number);
                break;
            case float number:
                DynamicJson.Write(json, number);
                break;
            case uint number:
                json.WriteNumberValue(number);
                break;
            default:
                WriteInt32(json, field, (int)value);
                break;
        }
    }

    private static void WriteInt32(Utf8JsonWriter json, FieldDescriptor field, int number)
    {
        if (field.FieldType != FieldType.Enum)
        {
            json.WriteNumberValue(number);
        }
        else if (field.EnumType.FullName == "google.protobuf.NullValue")
        {
            json.WriteNullValue();
        }
        else if (field.EnumType.FindValueByNumber(number) is { } named)
        {
            json.WriteStringValue(named.Name);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }

    private void WriteAny(Utf8JsonWriter json, Any any)
    {
        json.WriteStartObject();
        if (any.TypeUrl.Length > 0 || !any.Value.IsEmpty)
        {
            json.WriteString("@type"u8, any.TypeUrl);
            if (Unpack(any) is { } message)
            {
                _anyDepth++;
                WriteUnpacked(json, message);
                _anyDepth--;
            }
            else
            {
                json.WriteBase64String("value"u8, any.Value.Span);
            }
        }

        json.WriteEndObject();
    }

    private void WriteUnpacked(Utf8JsonWriter json, IMessage message)
    {
        if (message.Descriptor.File.Package == "google.protobuf")
        {
            json.WritePropertyName("value"u8);
            Write(json, message);
        }
        else
        {
            WriteFields(json, message);
        }
    }

    private IMessage? Unpack(Any any)
    {
        if (_anyDepth >= DeepestAny || types.Find(Any.GetTypeName(any.TypeUrl)) is not { } descriptor)
        {
            return null;
        }

        try
        {
            return descriptor.Parser.ParseFrom(any.Value);
        }
        catch (InvalidProtocolBufferException)
        {
            // Not what it says it is. Whoever reads the JSON sees the bytes.
            return null;
        }
    }

    // Enumerations arrive boxed as themselves, and unbox as the integers that they are.
    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        bool flag => !flag,
        long number => number == 0,
        ulong number => number == 0,
        uint number => number == 0,
        double number => BitConverter.DoubleToInt64Bits(number) == 0,
        float number => BitConverter.SingleToInt32Bits(number) == 0,
        _ => (int)value == 0,
    };

    private FieldShape[] ShapeOf(MessageDescriptor message)
    {
        if (!_shapes.TryGetValue(message, out var shape))
        {
            shape = [.. message.Fields.InDeclarationOrder().Select(field => new FieldShape(field, JsonEncodedText.Encode(field.JsonName)))];
            _shapes[message] = shape;
        }

        return shape;
    }

    private readonly record struct FieldShape(FieldDescriptor Field, JsonEncodedText Name);
}
