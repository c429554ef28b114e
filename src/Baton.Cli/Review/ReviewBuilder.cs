using Baton.Cli.Commands;
using Baton.Cli.Evidence;
using Baton.Cli.Review.Decisions;
using Baton.Cli.Review.Inputs;

namespace Baton.Cli.Review;

/// <summary>Reads what a review needs, and puts it together.</summary>
internal sealed class ReviewBuilder(ProgramHost host, GlobalOptions global, ReviewOptions options)
{
    /// <exception cref="CliException">An input cannot be read, or does not fit.</exception>
    public ReviewReport Build(CancellationToken cancellationToken)
    {
        // The lists are small and most likely to be wrong: they are read before the large file.
        var people = options.PeoplePath is { } peoplePath ? PeopleList.Read(peoplePath) : null;
        var reviewers = options.ReviewersPath is { } reviewersPath ? ReviewerMap.Read(reviewersPath) : null;
        var past = options.PastDecisionsPath is { } pastPath ? new PastDecisions(DecisionFile.Read(pastPath)) : null;
        var (book, provenance, grants) = EvidenceFile.Read(global, host, options.Evidence, cancellationToken);
        people?.Apply(book);
        options.Scope.Check(book);
        AccessChanges? changes = null;
        FileProvenance? earlierProvenance = null;
        if (options.Since is not null || options.SinceSync is not null)
        {
            // What the earlier file says is measured by its own time.
            var earlierOptions = global with { File = options.Since ?? global.File, SyncId = options.SinceSync };
            (var earlier, earlierProvenance, _) = EvidenceFile.Read(earlierOptions, host, options.Evidence with { AsOf = null }, cancellationToken);
            if (earlier.Run.Id == book.Run.Id)
            {
                throw new CliException($"the earlier file holds the same sync, {book.Run.Id}; --since takes the file of the last review", ExitCode.Usage);
            }

            if (earlier.Run.StartedAt > book.Run.StartedAt)
            {
                host.WriteDiagnostic("Warning", $"the sync of {earlierOptions.File} is later than that of {global.File}: the changes are shown backwards");
            }

            changes = new(earlier, book);
        }

        var report = new ReviewReport
        {
            Book = book,
            Provenance = provenance,
            Changes = changes,
            EarlierProvenance = earlierProvenance,
            System = options.System,
            Period = options.Period,
            Scope = options.Scope,
            Generated = options.Evidence.AsOf ?? host.Time.GetUtcNow(),
            People = people,
            Reviewers = reviewers,
            PastDecisions = past,
            GrantsInFile = grants,
            Totals = new(),
        };
        report.Totals.Count(report);
        return report;
    }
}
