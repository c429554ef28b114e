using Baton.Cli.Files;
using Baton.CommandLine;
using Baton.Evidence.Findings;
using Baton.Evidence.Lists;

namespace Baton.Cli.Commands;

internal static class FindingsCommand
{
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
        var listing = new Listing<Finding>(FindingRows.Kind, ListFlags.Read(flags, global.Format));
        var book = FileEvidence.Read(global, host, evidence, cancellationToken).Book;
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

        return (int)(limit is { } worst && counts.Exists(count => count.Severity >= worst) ? BatonExitCode.Found : BatonExitCode.Done);
    }
}
