using System.Globalization;
using System.Text.Json;
using Baton.Configuration;
using Baton.Configuration.Validation;

namespace Baton.Sdk.Settings;

/// <summary>The kind of a field, its default and its rules, as a member of the field's object in the <c>config</c> document.</summary>
internal static class FieldKinds
{
    public static void Write(Utf8JsonWriter writer, ConfigurationField field)
    {
        switch (field)
        {
            case StringField text:
                WriteString(writer, text);
                break;
            case StringsField list:
                WriteStrings(writer, list);
                break;
            case IntegerField number:
                WriteInteger(writer, number);
                break;
            case BooleanField choice:
                WriteBoolean(writer, choice);
                break;
            default:
                throw new ArgumentException($"the field {field.Name} is of no known kind", nameof(field));
        }
    }

    private static void WriteString(Utf8JsonWriter writer, StringField field)
    {
        writer.WriteStartObject("stringField");
        WriteText(writer, "defaultValue", field.Default.Length > 0 ? field.Default : null);
        if (field.Required || !field.Rules.Equals(StringRules.None))
        {
            WriteRules(writer, field.Rules, field.Required);
        }

        writer.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter writer, StringRules rules, bool required)
    {
        writer.WriteStartObject("rules");
        WriteNumber(writer, "minLen", rules.MinLength);
        WriteNumber(writer, "maxLen", rules.MaxLength);
        WriteText(writer, "pattern", rules.Pattern?.ToString());
        WriteText(writer, "prefix", rules.Prefix);
        WriteText(writer, "suffix", rules.Suffix);
        WriteText(writer, "contains", rules.Contains);
        if (rules.OneOf.Count > 0)
        {
            WriteList(writer, "in", rules.OneOf);
        }

        WriteText(writer, "wellKnown", WireName(rules.Format));
        WriteNumber(writer, "len", rules.Length);
        WriteRequired(writer, required);
        writer.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter writer, StringsField field)
    {
        writer.WriteStartObject("stringSliceField");
        if (field.Default.Count > 0)
        {
            WriteList(writer, "defaultValue", field.Default);
        }

        if (field.Required)
        {
            writer.WriteStartObject("rules");
            WriteRequired(writer, required: true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteInteger(Utf8JsonWriter writer, IntegerField field)
    {
        writer.WriteStartObject("intField");
        WriteNumber(writer, "defaultValue", field.Default == 0 ? null : field.Default);
        if (field.Required || !field.Rules.HasNoBounds)
        {
            writer.WriteStartObject("rules");
            WriteNumber(writer, "lt", field.Rules.LessThan);
            WriteNumber(writer, "lte", field.Rules.AtMost);
            WriteNumber(writer, "gt", field.Rules.GreaterThan);
            WriteNumber(writer, "gte", field.Rules.AtLeast);
            WriteRequired(writer, field.Required);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteBoolean(Utf8JsonWriter writer, BooleanField field)
    {
        writer.WriteStartObject("boolField");
        if (field.Default)
        {
            writer.WriteBoolean("defaultValue", true);
        }

        writer.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter writer, bool required)
    {
        if (required)
        {
            writer.WriteBoolean("isRequired", true);
        }
    }

    // 64-bit numbers are text in the JSON form of protobuf.
    private static void WriteNumber(Utf8JsonWriter writer, string name, long? number)
        => WriteText(writer, name, number?.ToString(CultureInfo.InvariantCulture));

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    private static string? WireName(StringFormat format) => format switch
    {
        StringFormat.Email => "WELL_KNOWN_STRING_EMAIL",
        StringFormat.Hostname => "WELL_KNOWN_STRING_HOSTNAME",
        StringFormat.IpAddress => "WELL_KNOWN_STRING_IP",
        StringFormat.Ipv4Address => "WELL_KNOWN_STRING_IPV4",
        StringFormat.Ipv6Address => "WELL_KNOWN_STRING_IPV6",
        StringFormat.Uri => "WELL_KNOWN_STRING_URI",
        StringFormat.Uuid => "WELL_KNOWN_STRING_UUID",
        _ => null,
    };
}
