using System.Collections;
using System.Text.Json;
using Baton.Configuration.Secrets;

namespace Baton.Sdk.Logging;

/// <summary>
/// Writes the fields of a line as members of a JSON object. The kinds of value are listed, since reflection is not to be had.
/// </summary>
internal sealed class FieldWriter(LogFormat format, Redactor redactor)
{
    private const string TemplateKey = "{OriginalFormat}";

    public void WriteFields(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            var (name, value) = fields[index];
            if (name is not TemplateKey)
            {
                writer.WritePropertyName(FieldName.Of(name));
                WriteValue(writer, value);
            }
        }
    }

    private void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(redactor.Redact(text));
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case TimeSpan duration:
                WriteDuration(writer, duration);
                break;
            case DateTimeOffset moment:
                WriteMoment(writer, moment);
                break;
            case DateTime moment:
                WriteMoment(writer, LogTime.Of(moment));
                break;
            case Exception exception:
                writer.WriteStringValue(redactor.Redact(ErrorText.Of(exception)));
                break;
            default:
                if (!TryWriteNumber(writer, value) && !TryWriteCollection(writer, value))
                {
                    writer.WriteStringValue(redactor.Redact(value.ToString() ?? ""));
                }

                break;
        }
    }

    private static bool TryWriteNumber(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case int number:
                writer.WriteNumberValue(number);
                return true;
            case long number:
                writer.WriteNumberValue(number);
                return true;
            case uint number:
                writer.WriteNumberValue(number);
                return true;
            case ulong number:
                writer.WriteNumberValue(number);
                return true;
            case short or ushort or byte or sbyte:
                writer.WriteNumberValue(((IConvertible)value).ToInt32(provider: null));
                return true;
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case double or float when ((IConvertible)value).ToDouble(provider: null) is var number && double.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            default:
                return false;
        }
    }

    private bool TryWriteCollection(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                WriteObject(writer, pairs);
                return true;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                WriteObject(writer, pairs);
                return true;
            case IEnumerable<KeyValuePair<string, int>> pairs:
                WriteObject(writer, pairs);
                return true;
            case IEnumerable<KeyValuePair<string, long>> pairs:
                WriteObject(writer, pairs);
                return true;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                return true;
            default:
                return false;
        }
    }

    // Unlike parameters, keys of a map are data, and are written as they are.
    private void WriteObject<T>(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, T>> pairs)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in pairs)
        {
            writer.WritePropertyName(redactor.Redact(name));
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private void WriteDuration(Utf8JsonWriter writer, TimeSpan duration)
    {
        if (format == LogFormat.Console)
        {
            writer.WriteStringValue(DurationText.Of(duration));
        }
        else
        {
            writer.WriteNumberValue(LogTime.Seconds(duration));
        }
    }

    private void WriteMoment(Utf8JsonWriter writer, DateTimeOffset moment)
    {
        if (format == LogFormat.Console)
        {
            writer.WriteStringValue(LogTime.Text(moment));
        }
        else
        {
            writer.WriteNumberValue(LogTime.UnixSeconds(moment));
        }
    }
}
