using Baton.Cli.Files;
using Baton.CommandLine;
using Baton.Evidence;
using Baton.Evidence.Review.Decisions;

namespace Baton.Cli.Commands;

internal static class ReviewVerifyCommand
{
    private static readonly StringFlag Decisions = new("decisions", "decisions.json, as the import wrote it", "decisions.json") { Placeholder = "FILE" };

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "verify",
        Summary = "Check in a later file that what was to be revoked is gone",
        Description = "Looks for every revoked or changed grant of a review in a later file. Exit code 5 when one is still there.",
        Flags = [Decisions, .. ListFlags.All],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        var listing = new Listing<Verification>(VerificationList.Kind, ListFlags.Read(flags, global.Format));
        var file = DecisionFile.Read(flags.Get(Decisions));
        var later = FileEvidence.Read(global, host, new EvidenceOptions(), cancellationToken).Book;
        using var opened = FileSession.OpenFile(global, host);
        var rows = RevocationCheck.Of(file, global.File, later, opened.Syncs.All().Select(opened.Read), cancellationToken);
        using (var paged = host.Page(global))
        {
            listing.Print(rows, paged.Host, cancellationToken);
            paged.End();
        }

        // Whatever part of them is shown.
        var left = rows.Count(row => !row.IsDone);
        if (!global.Quiet)
        {
            var shown = listing.Count < rows.Count ? $"; {listing.Count} of them shown" : "";
            host.WriteSummary($"{rows.Count} to be carried out: {rows.Count - left} done, {left} not{shown}");
        }

        return (int)(left > 0 ? BatonExitCode.Found : BatonExitCode.Done);
    }
}
