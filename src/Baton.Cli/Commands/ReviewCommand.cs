using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Findings;
using Baton.Evidence.Review;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Commands;

internal static class ReviewCommand
{
    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "review",
        Summary = "Make the evidence of an access review: who has what, since when, and what to look at",
        Description = "Writes a review of who has which access: a sheet with a row for each grant and empty columns for the decisions (XLSX, CSV), "
            + "the same to print and sign (HTML), totals, findings, and where all of it comes from.\n\n"
            + "\"baton review import\" reads the sheet back when the decisions are in it.",
        Flags = ReviewFlags.All,
        Commands = [ReviewImportCommand.Define(host), ReviewVerifyCommand.Define(host)],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        var request = ReviewFlags.Read(flags, global.Format);
        if (flags.IsSet(GlobalFlags.OutputFormat.Name) && global.Format != OutputFormat.Table && !IsPrinted(global.Format, request.Output))
        {
            throw new UsageException("--output-format prints a review on standard output; for what --out names, --format says how it is written");
        }

        var report = new ReviewBuilder(host, global, request).Build(cancellationToken);
        var writer = new ReviewWriter(report, request.Options, cancellationToken);
        var output = request.Output;
        if (output.Path is null)
        {
            Print(writer, output.Formats[0], host);
        }
        else
        {
            Tell(writer.WriteFiles(new(output.Path, output.IsFolder, output.Formats, output.Overwrite)), report.Totals, host);
        }

        return (int)(request.FailOn is { } limit && report.Totals.WorstFinding >= limit ? BatonExitCode.Found : BatonExitCode.Done);
    }

    private static void Print(ReviewWriter writer, ReviewFormat format, ProgramHost host)
    {
        if (format == ReviewFormat.Xlsx)
        {
            using var bytes = ShownOutput.OpenBinary(host);
            writer.Write(bytes, format);
        }
        else
        {
            writer.Write(host.Data, format);
        }
    }

    private static bool IsPrinted(OutputFormat asked, ReviewOutputChoice output)
        => output.Path is null && output.Formats[0] == (asked == OutputFormat.Json ? ReviewFormat.Json : ReviewFormat.Csv);

    private static void Tell(IReadOnlyList<(string Path, long Size)> files, ReviewTotals totals, ProgramHost host)
    {
        foreach (var (path, size) in files)
        {
            host.Output.Write($"{DisplayText.Neutralise(path)}  {size} bytes\n");
        }

        host.Output.Write($"{totals.Rows} rows, {totals.Accounts} accounts, {totals.Targets} resources; ");
        host.Output.Write($"findings: {totals.CountOf(Severity.High)} high, {totals.CountOf(Severity.Medium)} medium, {totals.CountOf(Severity.Low)} low\n");
    }
}
