using System.Globalization;
using Baton.Cli.Evidence;
using Baton.Cli.Output;
using Baton.Cli.Review;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

internal static class FindingsCommand
{
    private static readonly Column<Finding>[] Columns =
    [
        // By how bad it is, so that -severity has the worst first.
        new("Severity", finding => FindingCatalog.Name(finding.Severity))
        {
            SortText = finding => ((int)finding.Severity).ToString(CultureInfo.InvariantCulture),
            Tones = name => name == FindingCatalog.Name(Severity.High) ? Tone.Bad : Tone.Plain,
        },
        new("Code", finding => finding.Entry.Name) { IsWhole = true },
        new("Subject", finding => finding.Subject),
        new("ID", finding => finding.SubjectId),
        new("Resource", finding => finding.Target?.Name ?? ""),
        new("Resource ID", finding => finding.Target?.Reference ?? "") { IsDetail = true },
        new("Detail", finding => finding.Detail),
    ];

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "findings",
        Summary = "List what is worth a look: dormant, disabled with access, privileged, without e-mail, and more",
        Description = $"Lists what is worth a look, the worst first:\n\n{string.Join('\n', FindingCatalog.All.Select(entry => $"  {entry.Name}: {entry.Rule}"))}",
        Flags = [.. ReviewFlags.OfFindings, .. ListFlags.All],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        var evidence = ReviewFlags.ReadEvidence(flags);
        var limit = ReviewFlags.ReadFailOn(flags);
        var kind = new RowKind<Finding>("findings", Columns, new FindingForm())
        {
            Texts = finding => [finding.Subject, finding.SubjectId, finding.Target?.Name ?? "", finding.Target?.Reference ?? "", finding.Detail],
        };
        var listing = new Listing<Finding>(kind, ListFlags.Read(flags, global.Format));
        var book = EvidenceFile.Read(global, host, evidence, cancellationToken).Book;
        using (var paged = host.Page(global))
        {
            listing.Print(FindingList.Of(book), paged.Host, cancellationToken);
            paged.End();
        }

        // Of all findings, whatever part of them is shown: what is not looked at has been found nevertheless.
        var counts = FindingList.Count(book).GroupBy(count => count.Key.Severity).OrderByDescending(group => group.Key)
            .Select(group => (Severity: group.Key, Count: group.Sum(count => count.Value))).ToList();
        if (!global.Quiet)
        {
            var total = counts.Sum(count => count.Count);
            var shown = listing.Count < total ? $"; {listing.Count} of them shown" : "";
            host.WriteSummary($"{total} findings{string.Concat(counts.Select(count => $", {count.Count} {FindingCatalog.Name(count.Severity)}"))}{shown}");
        }

        return (int)(limit is { } worst && counts.Exists(count => count.Severity >= worst) ? ExitCode.Found : ExitCode.Done);
    }
}
