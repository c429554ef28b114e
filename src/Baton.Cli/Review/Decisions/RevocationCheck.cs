using Baton.C1z.Syncs;
using Baton.Cli.Commands;
using Baton.Cli.Evidence;

namespace Baton.Cli.Review.Decisions;

/// <summary>Looks in a later file for what a review took away.</summary>
internal static class RevocationCheck
{
    /// <exception cref="CliException">The file is not later than the review, or cannot be read.</exception>
    public static IReadOnlyList<Verification> Of(DecisionFile decisions, GlobalOptions global, ProgramHost host, CancellationToken cancellationToken)
    {
        var later = EvidenceFile.Read(global, host, new EvidenceOptions(), cancellationToken).Book;
        if (later.Run.Id == decisions.Review.SyncId)
        {
            throw new CliException($"{global.File} holds the sync that was reviewed, {later.Run.Id}; verify against a sync that is later", ExitCode.Usage);
        }

        if (later.Run.StartedAt < decisions.Review.SyncEndedAt)
        {
            throw new CliException($"the sync of {global.File} is older than the one that was reviewed; verify against a sync that is later", ExitCode.Usage);
        }

        var present = later.Rows.Select(row => row.Id).ToHashSet();
        var roles = later.Rows.Select(row => (row.Account.Reference, row.Role.Id)).ToHashSet();
        var between = SyncsBetween(decisions, later, global, host, cancellationToken);
        return [.. new RevocationPlan(decisions.Decisions).Steps.Select(step => new Verification(step, Result(step)))];

        string Result(Decision step)
        {
            var id = RowId.Parse(step.RowId) ?? throw new CliException($"the decisions hold \"{step.RowId}\", which is no row id", ExitCode.BadFile);
            return present.Contains(id)
                ? between.Exists(rows => !rows.Contains(id)) ? Verification.Returned : Verification.StillPresent
                : step.NewEntitlementId is { } wanted && !roles.Contains((step.AccountId, wanted)) ? Verification.NotChanged
                : Verification.Gone;
        }
    }

    // What was gone in one sync and is there in the next has come back, which is another failure than never having gone.
    private static List<HashSet<RowId>> SyncsBetween(
        DecisionFile decisions, AccessBook later, GlobalOptions global, ProgramHost host, CancellationToken cancellationToken)
    {
        using var file = FileSession.OpenFile(global, host);
        return [.. file.Syncs.All()
            .Where(run => run is { Type: SyncType.Full, IsFinished: true } && run.StartedAt > decisions.Review.SyncEndedAt && run.StartedAt < later.Run.StartedAt)
            .Select(run => AccessBook.Read(file.Read(run), new EvidenceOptions(), cancellationToken).Rows.Select(row => row.Id).ToHashSet())];
    }
}
