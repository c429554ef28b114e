using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>
/// What the <c>config</c> command prints: the fields that forms may show, as the JSON form of the protobuf message
/// <c>c1.config.v1.Configuration</c>. Members that are empty, false or zero are left out.
/// </summary>
internal static class ConfigurationDocument
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",

        // The document goes to a file or a terminal, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the document, without a line break at its end.</summary>
    public static void Write(ConnectorSchema connector, ConfigurationSchema schema, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        WriteArray(writer, "fields", schema.Fields.Where(IsExported), WriteField);
        WriteArray(writer, "constraints", connector.Relationships.Where(relationship => IsExported(schema, relationship)), WriteConstraint);
        WriteText(writer, "displayName", connector.DisplayName);
        WriteText(writer, "helpUrl", connector.HelpUrl);
        WriteText(writer, "iconUrl", connector.IconUrl);
        WriteArray(writer, "fieldGroups", connector.Groups, WriteGroup);
        writer.WriteEndObject();
    }

    private static bool IsExported(ConfigurationField field) => field.Export != FieldExport.None;

    private static bool IsExported(ConfigurationSchema schema, FieldRelationship relationship)
        => relationship.Fields.Concat(relationship.DependsOn).All(name => schema.Find(name) is { } field && IsExported(field));

    private static void WriteField(Utf8JsonWriter writer, ConfigurationField field)
    {
        writer.WriteStartObject();
        WriteText(writer, "name", field.Name);
        WriteText(writer, "displayName", field.DisplayName);
        WriteText(writer, "description", field.Description);
        WriteText(writer, "placeholder", field.Placeholder);
        WriteTrue(writer, "isRequired", field.Required);
        WriteTrue(writer, "isOps", field.Export == FieldExport.Ops);
        WriteTrue(writer, "isSecret", field.Secret);
        FieldKinds.Write(writer, field);
        writer.WriteEndObject();
    }

    private static void WriteConstraint(Utf8JsonWriter writer, FieldRelationship relationship)
    {
        writer.WriteStartObject();
        WriteText(writer, "kind", relationship.Kind switch
        {
            RelationshipKind.Together => "CONSTRAINT_KIND_REQUIRED_TOGETHER",
            RelationshipKind.Exclusive => "CONSTRAINT_KIND_MUTUALLY_EXCLUSIVE",
            RelationshipKind.AtLeastOne => "CONSTRAINT_KIND_AT_LEAST_ONE",
            _ => "CONSTRAINT_KIND_DEPENDENT_ON",
        });
        WriteArray(writer, "fieldNames", relationship.Fields, (names, name) => names.WriteStringValue(name));
        WriteArray(writer, "secondaryFieldNames", relationship.DependsOn, (names, name) => names.WriteStringValue(name));
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, FieldGroup group)
    {
        writer.WriteStartObject();
        WriteText(writer, "name", group.Name);
        WriteText(writer, "displayName", group.DisplayName);
        WriteText(writer, "helpText", group.HelpText);
        WriteArray(writer, "fields", group.Fields, (names, name) => names.WriteStringValue(name));
        WriteTrue(writer, "default", group.Default);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteTrue(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var any = false;
        foreach (var item in items)
        {
            if (!any)
            {
                writer.WriteStartArray(name);
                any = true;
            }

            write(writer, item);
        }

        if (any)
        {
            writer.WriteEndArray();
        }
    }
}
