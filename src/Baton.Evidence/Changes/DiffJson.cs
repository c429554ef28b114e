using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Changes;

/// <summary>The changes as a JSON document. The same two syncs give the same bytes.</summary>
public static class DiffJson
{
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(DiffResult result, TextWriter output)
    {
        using (var json = new Utf8JsonWriter(new TextWriterStream(output), Options))
        {
            json.WriteStartObject();
            WriteSync(json, "from", result.From);
            WriteSync(json, "to", result.To);
            WriteSummary(json, result);
            json.WriteStartArray("changes");
            foreach (var change in result.Changes.Sorted())
            {
                Write(json, change);
                json.Flush();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write('\n');
    }

    public static void WriteLines(DiffResult result, TextWriter output)
    {
        foreach (var change in result.Changes.Sorted())
        {
            using (var json = new Utf8JsonWriter(new TextWriterStream(output), Options with { Indented = false }))
            {
                Write(json, change);
            }

            output.Write('\n');
        }
    }

    public static void WriteSync(Utf8JsonWriter json, string name, DiffSource source)
    {
        json.WriteStartObject(name);
        json.WriteString("file", source.Path);
        json.WriteString("id", source.Run.Id);
        json.WriteString("syncType", source.Run.TypeName);
        json.WriteString("startedAt", Facts.Time(source.Run.StartedAt));
        if (source.Run.EndedAt is { } ended)
        {
            json.WriteString("endedAt", Facts.Time(ended));
        }

        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, DiffResult result)
    {
        json.WriteStartObject("summary");
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            json.WriteNumber(kind.Name(), result.Count(kind));
        }

        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, SyncChange change)
    {
        json.WriteStartObject();
        json.WriteString("kind", change.Kind.Name());
        Write(json, "principal", change.Principal);
        Write(json, "resource", change.Resource);
        Write(json, "before", change.Before);
        Write(json, "after", change.After);
        if (change.GrantsLeft is { } left)
        {
            json.WriteNumber("grantsLeft", left);
        }

        if (change.Flags.Count > 0)
        {
            json.WriteStartArray("flags");
            foreach (var flag in change.Flags)
            {
                json.WriteStringValue(flag);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Party? party)
    {
        if (party is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("type", party.Type);
        json.WriteString("id", party.Id);
        json.WriteString("name", party.Name);
        if (party.Email.Length > 0)
        {
            json.WriteString("email", party.Email);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (field, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            json.WriteString(field, value);
        }

        json.WriteEndObject();
    }
}
