using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Evidence.Changes;
using Baton.Evidence.Findings;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review.Formats;

/// <summary>The review as one JSON document. Names are those of the sheet, in the case of JSON.</summary>
internal sealed class JsonReview(ReviewReport report, CancellationToken cancellationToken)
{
    private const int FlushFrom = 64 * 1024;

    public static void Write(Stream output, ReviewReport report, CancellationToken cancellationToken)
        => new JsonReview(report, cancellationToken).Write(output);

    private void Write(Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
        json.WriteStartObject();
        WriteSummary(json);
        Columns(json, "rows", report.Rows(), ReviewColumns.All);
        Columns(json, "accounts", report.Accounts().Select(account => new ReviewAccount(report, account)), AccountColumns.All);
        Array(json, "changes", report.AllChanges(), change => WriteChange(json, change));
        Array(json, "findings", report.Findings(), finding => FindingForm.WriteProperties(json, finding));
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private void WriteSummary(Utf8JsonWriter json)
    {
        var provenance = report.Provenance;
        json.WriteStartObject("report");
        json.WriteString("system", report.System);
        json.WriteString("period", report.Period);
        json.WriteString("scope", report.Scope.Text);
        WriteProvenance(json, "source", provenance);
        if (report.EarlierProvenance is { } earlier)
        {
            WriteProvenance(json, "earlier", earlier);
        }

        json.WriteString("asOf", report.Book.AsOf.UtcDateTime);
        json.WriteString("generatedAt", report.Generated.UtcDateTime);
        json.WriteString("toolVersion", FileProvenance.ToolVersion);
        json.WriteString("sourceCheck", ReportFacts.SourceCheck(report));
        WriteTotals(json, report.Totals);
        json.WriteStartArray("findingCounts");
        foreach (var (entry, severity, count) in report.Totals.Findings)
        {
            json.WriteStartObject();
            json.WriteString("code", entry.Name);
            json.WriteString("severity", FindingCatalog.Name(severity));
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in ReportFacts.Notes(report))
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, ReviewTotals totals)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("rows", totals.Rows);
        json.WriteNumber("rowsOutOfScope", totals.RowsOutOfScope);
        json.WriteNumber("resources", totals.Targets);
        json.WriteNumber("privileged", totals.Privileged);
        json.WriteNumber("direct", totals.Direct);
        json.WriteNumber("inherited", totals.Inherited);
        json.WriteNumber("directAndInherited", totals.DirectAndInherited);
        if (totals.New is { } isNew)
        {
            json.WriteNumber("new", isNew);
            json.WriteNumber("removed", totals.Removed ?? 0);
        }

        json.WriteNumber("accounts", totals.Accounts);
        json.WriteNumber("accountsWithoutAccess", totals.AccountsWithoutAccess);
        WriteCounts(json, "rowsByRole", totals.RowsByRole);
        WriteCounts(json, "accountsByStatus", totals.AccountsByStatus);
        WriteCounts(json, "accountsByType", totals.AccountsByKind);
        WriteCounts(json, "accountsByLastSeen", totals.AccountsByLastSeen);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, int>> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static void WriteProvenance(Utf8JsonWriter json, string name, FileProvenance provenance)
    {
        json.WriteStartObject(name);
        json.WriteString("file", provenance.FileName);
        json.WriteNumber("bytes", provenance.Size);
        json.WriteString("sha256", provenance.Sha256);
        json.WriteString("syncId", provenance.Run.Id);
        json.WriteString("syncType", provenance.Run.TypeName);
        json.WriteString("syncStartedAt", provenance.Run.StartedAt.UtcDateTime);
        if (provenance.Run.EndedAt is { } ended)
        {
            json.WriteString("syncEndedAt", ended.UtcDateTime);
        }

        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, AccessChange change)
    {
        json.WriteString("kind", change.What);
        json.WriteString("accountId", change.Account.Reference);
        json.WriteString("accountName", change.Account.Name);
        json.WriteString("email", change.Account.Email);
        if (change.Target is { } target)
        {
            json.WriteString("resourceId", target.Reference);
            json.WriteString("resource", target.Name);
        }

        json.WriteString("before", change.Before);
        json.WriteString("after", change.After);
        json.WriteBoolean("privilegeUp", change.IsPrivilegeUp);
    }

    private void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
            if (json.BytesPending >= FlushFrom)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private void Columns<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, IReadOnlyList<Column<T>> columns)
    {
        var named = columns.Select(column => (Name: JsonEncodedText.Encode(CamelCase(column.Name)), column.Cell)).ToArray();
        Array(json, name, items, item =>
        {
            foreach (var column in named)
            {
                Property(json, column.Name, column.Cell(item));
            }
        });
    }

    private static void Property(Utf8JsonWriter json, JsonEncodedText name, Cell cell)
    {
        if (cell.Number is { } number)
        {
            json.WriteNumber(name, number);
        }
        else if (!cell.IsEmpty)
        {
            json.WriteString(name, cell.Text);
        }
    }

    private static string CamelCase(string name)
        => string.Concat(name.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
