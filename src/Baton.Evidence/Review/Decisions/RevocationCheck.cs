using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Evidence.Access;

namespace Baton.Evidence.Review.Decisions;

/// <summary>Looks in a later file for what a review took away.</summary>
public static class RevocationCheck
{
    /// <param name="decisions">Of the review.</param>
    /// <param name="path">The later file.</param>
    /// <param name="later">What it says.</param>
    /// <param name="syncs">All that is in it.</param>
    /// <exception cref="EvidenceException">The file is not later than the review.</exception>
    public static IReadOnlyList<Verification> Of(
        DecisionFile decisions, string path, AccessBook later, IEnumerable<SyncReader> syncs, CancellationToken cancellationToken)
    {
        if (later.Run.Id == decisions.Review.SyncId)
        {
            throw new EvidenceException($"{path} holds the sync that was reviewed, {later.Run.Id}; verify against a sync that is later", EvidenceError.Mistake);
        }

        if (later.Run.StartedAt < decisions.Review.SyncEndedAt)
        {
            throw new EvidenceException($"the sync of {path} is older than the one that was reviewed; verify against a sync that is later", EvidenceError.Mistake);
        }

        var present = later.Rows.Select(row => row.Id).ToHashSet();
        var roles = later.Rows.Select(row => (row.Account.Reference, row.Role.Id)).ToHashSet();
        var between = Between(decisions, later, syncs, cancellationToken);
        return [.. new RevocationPlan(decisions.Decisions).Steps.Select(step => new Verification(step, Result(step)))];

        string Result(Decision step)
        {
            var id = RowId.Parse(step.RowId) ?? throw new EvidenceException($"the decisions hold \"{step.RowId}\", which is not a row id", EvidenceError.BadInput);
            return present.Contains(id)
                ? between.Exists(rows => !rows.Contains(id)) ? Verification.Returned : Verification.StillPresent
                : step.NewEntitlementId is { } wanted && !roles.Contains((step.AccountId, wanted)) ? Verification.NotChanged
                : Verification.Gone;
        }
    }

    // What was gone in one sync and is there in the next has come back, which is another failure than never having gone.
    private static List<HashSet<RowId>> Between(DecisionFile decisions, AccessBook later, IEnumerable<SyncReader> syncs, CancellationToken cancellationToken)
        => [.. syncs
            .Where(sync => sync.Run is { Type: SyncType.Full, IsFinished: true } && sync.Run.StartedAt > decisions.Review.SyncEndedAt && sync.Run.StartedAt < later.Run.StartedAt)
            .Select(sync => AccessBook.Read(sync, new EvidenceOptions(), cancellationToken).Rows.Select(row => row.Id).ToHashSet())];
}
