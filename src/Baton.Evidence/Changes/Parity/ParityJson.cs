using System.Text.Json;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Changes.Parity;

/// <summary>The report as a document, indented, the same for the same files.</summary>
public static class ParityJson
{
    public static void Write(ParityReport report, TextWriter output)
    {
        using (var json = new Utf8JsonWriter(new TextWriterStream(output), DiffJson.Options))
        {
            json.WriteStartObject();
            WriteSummary(json, report);
            json.WriteStartObject("groupedByFamily");
            foreach (var (name, family) in report.Families)
            {
                WriteCounts(json, name, family.All);
            }

            json.WriteEndObject();
            WriteTypes(json, report);
            json.WriteStartArray("likelyCauses");
            foreach (var (cause, detail) in report.LikelyCauses())
            {
                json.WriteStartObject();
                json.WriteString("cause", cause);
                json.WriteString("detail", detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            foreach (var (name, family) in report.Families)
            {
                WriteFamily(json, name, family);
            }

            json.WriteEndObject();
        }

        output.Write('\n');
    }

    private static void WriteSummary(Utf8JsonWriter json, ParityReport report)
    {
        json.WriteStartObject("summary");
        DiffJson.WriteSync(json, "left", report.Left);
        DiffJson.WriteSync(json, "right", report.Right);
        WriteCounts(json, "differences", report.Families.Values.Aggregate(default(ParityCounts), (sum, family) => sum + family.All));
        WriteDangling(json, "danglingInLeft", report.DanglingLeft);
        WriteDangling(json, "danglingInRight", report.DanglingRight);
        json.WriteEndObject();
    }

    private static void WriteDangling(Utf8JsonWriter json, string name, SortedDictionary<string, int> counts)
    {
        json.WriteStartObject(name);
        foreach (var (reason, count) in counts)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
    }

    private static void WriteTypes(Utf8JsonWriter json, ParityReport report)
    {
        var counts = new SortedDictionary<string, ParityCounts>(StringComparer.Ordinal);
        foreach (var (type, count) in report.Families.Values.SelectMany(family => family.ByResourceType))
        {
            counts[type] = counts.GetValueOrDefault(type) + count;
        }

        json.WriteStartObject("groupedByResourceType");
        foreach (var (type, count) in counts)
        {
            WriteCounts(json, type, count);
        }

        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, ParityCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("onlyInLeft", counts.OnlyInLeft);
        json.WriteNumber("onlyInRight", counts.OnlyInRight);
        json.WriteNumber("fieldMismatches", counts.FieldMismatches);
        json.WriteEndObject();
    }

    private static void WriteFamily(Utf8JsonWriter json, string name, ParityFamily family)
    {
        json.WriteStartObject(name);
        WriteItems(json, "onlyInLeft", family.OnlyInLeft);
        WriteItems(json, "onlyInRight", family.OnlyInRight);
        json.WriteStartArray("fieldMismatches");
        foreach (var mismatch in family.FieldMismatches)
        {
            json.WriteStartObject();
            json.WriteString("id", mismatch.Id);
            json.WriteString("resourceType", mismatch.ResourceType);
            json.WriteStartArray("fields");
            foreach (var field in mismatch.Fields)
            {
                json.WriteStartObject();
                json.WriteString("path", field.Path);
                json.WriteString("left", field.Left);
                json.WriteString("right", field.Right);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, string name, IEnumerable<ParityItem> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteString("resourceType", item.ResourceType);
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
    }
}
