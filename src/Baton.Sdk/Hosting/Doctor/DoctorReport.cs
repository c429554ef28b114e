using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Configuration.Secrets;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Hosting.Doctor;

/// <summary>What was found: in words as it is found, or as one JSON document at the end.</summary>
/// <param name="definition">Whose.</param>
/// <param name="text">Where words go; null for none.</param>
/// <param name="redactor">Takes secrets out of everything that is printed.</param>
internal sealed class DoctorReport(ConnectorDefinition definition, TextWriter? text, Redactor redactor)
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Area, CheckResult Result)> _results = [];

    public int Failures => Count(CheckLevel.Failed);

    public int Warnings => Count(CheckLevel.Warning);

    public void Add(string area, IEnumerable<CheckResult> results)
    {
        foreach (var result in results)
        {
            Add(area, result);
        }
    }

    public void Add(string area, CheckResult result)
    {
        var shown = result with { Text = OneLine(result.Text), Remedy = result.Remedy is { } remedy ? OneLine(remedy) : null };
        if (text is not null)
        {
            if (_results.Count == 0 || _results[^1].Area != area)
            {
                text.WriteLine(_results.Count == 0 ? area : $"\n{area}");
            }

            text.WriteLine($"  {Mark(shown.Level),-7} {shown.Check}: {shown.Text}");
            if (shown.Remedy is not null)
            {
                text.WriteLine($"          -> {shown.Remedy}");
            }
        }

        _results.Add((area, shown));
    }

    /// <param name="json">Where the document goes; null for the words that end the text.</param>
    public void End(TextWriter? json)
    {
        if (json is null)
        {
            text?.WriteLine($"\n{Summary()}");
            return;
        }

        using var document = new MemoryStream();
        using (var writer = new Utf8JsonWriter(document, Options))
        {
            Write(writer);
        }

        json.WriteLine(Encoding.UTF8.GetString(document.ToArray()));
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("program", definition.Name);
        json.WriteString("version", definition.Version);
        json.WriteBoolean("ok", Failures == 0);
        json.WriteNumber("failed", Failures);
        json.WriteNumber("warnings", Warnings);
        json.WriteStartArray("checks");
        foreach (var (area, result) in _results)
        {
            json.WriteStartObject();
            json.WriteString("area", area);
            json.WriteString("check", result.Check);
            json.WriteString("level", Name(result.Level));
            json.WriteString("text", result.Text);
            if (result.Remedy is not null)
            {
                json.WriteString("remedy", result.Remedy);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string Summary() => (Failures, Warnings) switch
    {
        (0, 0) => "Everything is right.",
        (0, var warnings) => $"It works; {Times(warnings, "warning")}.",
        (var failures, 0) => $"It does not work: {Times(failures, "failure")}.",
        var (failures, warnings) => $"It does not work: {Times(failures, "failure")}, {Times(warnings, "warning")}.",
    };

    private int Count(CheckLevel level) => _results.Count(found => found.Result.Level == level);

    // What a server says is part of it.
    private string OneLine(string line) => redactor.Redact(string.Concat(line.Select(character => char.IsControl(character) ? ' ' : character)));

    private static string Times(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Mark(CheckLevel level) => level switch
    {
        CheckLevel.Failed => "FAILED",
        CheckLevel.Warning => "warning",
        var other => Name(other),
    };

    private static string Name(CheckLevel level) => level switch
    {
        CheckLevel.Ok => "ok",
        CheckLevel.Note => "note",
        CheckLevel.Warning => "warning",
        CheckLevel.Failed => "failed",
        _ => "skipped",
    };
}
