using Baton.Cli.Files;
using Baton.Evidence.Accounts;
using Baton.Evidence.Changes;
using Baton.Evidence.Reading;
using Baton.Evidence.Review;
using Baton.Evidence.Review.Decisions;

namespace Baton.Cli.Commands;

/// <summary>Reads what a review needs, and puts it together.</summary>
internal sealed class ReviewBuilder(ProgramHost host, GlobalOptions global, ReviewRequest request)
{
    /// <exception cref="CliException">An input cannot be read, or does not fit.</exception>
    public ReviewReport Build(CancellationToken cancellationToken)
    {
        // The lists are small and most likely to be wrong: they are read before the large file.
        var people = request.PeoplePath is { } peoplePath ? EmployeeList.Read(peoplePath) : null;
        var reviewers = request.ReviewersPath is { } reviewersPath ? ReviewerMap.Read(reviewersPath) : null;
        var past = request.PastDecisionsPath is { } pastPath ? new PastDecisions(DecisionFile.Read(pastPath)) : null;
        var (book, provenance, grants) = FileEvidence.Read(global, host, request.Evidence with { People = people }, cancellationToken);
        request.Scope.Check(book);
        AccessChanges? changes = null;
        FileProvenance? earlierProvenance = null;
        if (request.Since is not null || request.SinceSync is not null)
        {
            // What the earlier file says is measured by its own time.
            var earlierOptions = global with { File = request.Since ?? global.File, SyncId = request.SinceSync };
            (var earlier, earlierProvenance, _) = FileEvidence.Read(earlierOptions, host, request.Evidence with { AsOf = null }, cancellationToken);
            if (earlier.Run.Id == book.Run.Id)
            {
                throw new CliException($"the earlier file holds the same sync, {book.Run.Id}; --since takes the file of the last review", BatonExitCode.Usage);
            }

            if (earlier.Run.StartedAt > book.Run.StartedAt)
            {
                host.WriteDiagnostic("Warning", $"the sync of {earlierOptions.File} is later than that of {global.File}: the changes are shown backwards");
            }

            changes = new(earlier, book);
        }

        return new()
        {
            Book = book,
            Provenance = provenance,
            Changes = changes,
            EarlierProvenance = earlierProvenance,
            System = request.System,
            Period = request.Period,
            Scope = request.Scope,
            Generated = request.Evidence.AsOf ?? host.Time.GetUtcNow(),
            Reviewers = reviewers,
            PastDecisions = past,
            GrantsInFile = grants,
        };
    }
}
