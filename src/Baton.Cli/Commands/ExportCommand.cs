using System.Text;
using Baton.C1z.Reading;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Exports;
using Baton.Evidence.Sheets;

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
            Define("xlsx", "Write identities, entitlements and grants as an Excel workbook", "./sync.xlsx", [Details], (request, output) => Sheet(request).WriteXlsx(output), host),
            Define("json", "Write everything as one JSON document", "./sync.json", [], (request, output) => SyncExport.Write(request.Reader, output, isLines: false, request.CancellationToken), host),
            Define("jsonl", "Write everything as JSON, one object a line", "./sync.jsonl", [], (request, output) => SyncExport.Write(request.Reader, output, isLines: true, request.CancellationToken), host),
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
                using var file = ExportFile.Open(invocation.Flags.Get(path), options.File, host, name == "xlsx" ? ShownOutput.OpenBinary : ShownOutput.OpenText);
                write(new(session.Reader, invocation.Flags, cancellationToken), file.Stream);
                file.Complete();
                return Task.FromResult((int)BatonExitCode.Done);
            },
        };
    }

    private static void WriteCsv(ExportRequest request, Stream output)
        => Sheet(request).WriteCsv(output, new UTF8Encoding(request.Flags.Get(Bom)), CsvDialect.Default with { KeepFormulas = request.Flags.Get(Raw) });

    private static ExportSheet Sheet(ExportRequest request)
        => new(request.Reader, request.Flags.Get(Details) ? ExportScope.Everybody : ExportScope.Accounts, request.CancellationToken);

    private sealed record ExportRequest(SyncReader Reader, FlagValues Flags, CancellationToken CancellationToken);
}
