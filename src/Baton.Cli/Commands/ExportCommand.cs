using System.Text;
using Baton.Cli.Export;
using Baton.Cli.Output;
using Baton.Cli.Output.Xlsx;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>Writes the chosen sync as a file for other programs.</summary>
internal static class ExportCommand
{
    private static readonly BooleanFlag Details = new("details", "more columns (name, login, last seen, how, ids), and grants of teams and other groups too");

    private static readonly BooleanFlag Raw = new("raw", "leave texts that a spreadsheet would take for a formula as they are");

    private static readonly BooleanFlag Bom = new("bom", "begin with a byte order mark, by which Excel knows UTF-8");

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "export",
        Summary = "Write the sync to a file: csv, xlsx, json, jsonl or c1z",
        Commands =
        [
            Define("csv", "Write identities, entitlements and grants as comma-separated values", "./sync.csv", [Details, Raw, Bom], WriteCsv, host),
            Define("xlsx", "Write identities, entitlements and grants as an Excel workbook", "./sync.xlsx", [Details], WriteXlsx, host),
            Define("json", "Write everything as one JSON document", "./sync.json", [], (request, output) => SyncDocument.Write(request, output, OutputFormat.Json), host),
            Define("jsonl", "Write everything as JSON, one object a line", "./sync.jsonl", [], (request, output) => SyncDocument.Write(request, output, OutputFormat.JsonLines), host),
            ExportC1zCommand.Define(host),
        ],
    };

    private static CommandDefinition Define(
        string name, string summary, string defaultPath, IReadOnlyList<Flag> flags, Action<ExportRequest, Stream> write, ProgramHost host)
    {
        var path = new StringFlag("out", "where to write it; - for standard output", defaultPath);
        return new()
        {
            Name = name,
            Summary = summary,
            Flags = [path, .. flags],
            Handler = (invocation, cancellationToken) =>
            {
                var options = GlobalFlags.ReadForFile(invocation.Flags, host.Environment);
                using var session = FileSession.Open(options, host);
                using var file = ExportFile.Open(invocation.Flags.Get(path), options.File, host);
                write(new(session, invocation.Flags, cancellationToken), file.Stream);
                file.Complete();
                return Task.FromResult((int)ExitCode.Done);
            },
        };
    }

    private static void WriteCsv(ExportRequest request, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(request.Flags.Get(Bom)), bufferSize: 64 * 1024, leaveOpen: true);
        var csv = new CsvWriter(text, CsvDialect.Default with { KeepFormulas = request.Flags.Get(Raw) });
        var columns = ColumnsOf(request);
        csv.Row([.. columns.Select(column => column.Title)]);
        foreach (var row in RowsOf(request))
        {
            foreach (var column in columns)
            {
                csv.Cell(column.Text(row));
            }

            csv.EndRow();
        }
    }

    private static void WriteXlsx(ExportRequest request, Stream output)
    {
        var columns = ColumnsOf(request);
        using var workbook = new XlsxWorkbook(output, new XlsxProperties { Title = $"Access, sync {request.Session.Reader.Run.Id}", Created = request.Session.Reader.Run.EndedAt });
        var sheet = workbook.AddSheet(new XlsxLayout { Name = "Access", Columns = [.. columns.Select(column => new XlsxColumn(column.Title, column.Width))], FrozenColumns = 1 });
        foreach (var row in RowsOf(request))
        {
            sheet.BeginRow();
            foreach (var column in columns)
            {
                if (column.Text(row) is { Length: > 0 } text)
                {
                    sheet.Text(text);
                }
                else
                {
                    sheet.Skip();
                }
            }

            sheet.EndRow();
        }

        workbook.Complete();
    }

    private static IReadOnlyList<AccessColumn> ColumnsOf(ExportRequest request)
        => request.Flags.Get(Details) ? [.. AccessRow.Columns, .. AccessRow.Details] : AccessRow.Columns;

    private static IEnumerable<AccessRow> RowsOf(ExportRequest request)
    {
        foreach (var row in new AccessRows(request.Session.Reader, request.Flags.Get(Details) ? AccessScope.Everybody : AccessScope.Accounts).All())
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
