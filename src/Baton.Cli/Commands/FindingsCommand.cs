using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Cli.Evidence;
using Baton.Cli.Output;
using Baton.Cli.Review;
using Baton.Cli.Review.Formats;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

internal static class FindingsCommand
{
    private const int FlushFrom = 64 * 1024;

    private static readonly Column<Finding>[] Columns =
    [
        new("Severity", finding => FindingCatalog.Name(finding.Severity)),
        new("Code", finding => finding.Entry.Name),
        new("Subject", finding => finding.Subject),
        new("ID", finding => finding.SubjectId),
        new("Resource", finding => finding.Target?.Name ?? ""),
        new("Detail", finding => finding.Detail),
    ];

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "findings",
        Summary = "List what is worth a look: dormant, disabled with access, privileged, without e-mail, and more",
        Description = $"Lists what is worth a look, the worst first:\n\n{string.Join('\n', FindingCatalog.All.Select(entry => $"  {entry.Name}: {entry.Rule}"))}",
        Flags = ReviewFlags.OfFindings,
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        var evidence = ReviewFlags.ReadEvidence(flags);
        var limit = ReviewFlags.ReadFailOn(flags);
        if (global.Format is not (OutputFormat.Table or OutputFormat.Json or OutputFormat.Csv))
        {
            throw new UsageException("findings are printed as table, json or csv (--output-format)");
        }

        var book = EvidenceFile.Read(global, host, evidence, cancellationToken).Book;
        var counts = new SortedDictionary<Severity, int>(Comparer<Severity>.Create((left, right) => right.CompareTo(left)));
        Write(Counted(FindingList.Of(book), counts, cancellationToken), global, host);
        if (!global.Quiet)
        {
            host.Error.Write($"{counts.Values.Sum()} findings{string.Concat(counts.Select(count => $", {count.Value} {FindingCatalog.Name(count.Key)}"))}\n");
        }

        return (int)(limit is { } worst && counts.Keys.Any(severity => severity >= worst) ? ExitCode.Found : ExitCode.Done);
    }

    private static IEnumerable<Finding> Counted(IEnumerable<Finding> findings, SortedDictionary<Severity, int> counts, CancellationToken cancellationToken)
    {
        foreach (var finding in findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            counts[finding.Severity] = counts.GetValueOrDefault(finding.Severity) + 1;
            yield return finding;
        }
    }

    private static void Write(IEnumerable<Finding> findings, GlobalOptions global, ProgramHost host)
    {
        switch (global.Format)
        {
            case OutputFormat.Json:
                WriteJson(findings, host.Output);
                break;
            case OutputFormat.Csv:
                var csv = new CsvWriter(host.Output, CsvDialect.Default);
                csv.Row([.. Columns.Select(column => column.Title)]);
                foreach (var finding in findings)
                {
                    csv.Row([.. Columns.Select(column => column.Text(finding))]);
                }

                break;
            default:
                using (var paged = host.Page(global))
                {
                    var table = new TableWriter<Finding>(paged.Host.Output, Columns, paged.Host.Terminal);
                    foreach (var finding in findings)
                    {
                        table.Write(finding);
                    }

                    table.End();
                    paged.End();
                }

                break;
        }
    }

    private static void WriteJson(IEnumerable<Finding> findings, TextWriter output)
    {
        using var bytes = new TextWriterStream(output);
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            JsonReview.WriteFinding(json, finding);
            json.WriteEndObject();
            if (json.BytesPending >= FlushFrom)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        bytes.WriteByte((byte)'\n');
    }
}
