using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Reading;

namespace Baton.Evidence.Review;

/// <summary>What a review says about itself: its source, its totals, and what to know when reading it.</summary>
internal static class ReportFacts
{
    public static IEnumerable<(string Name, string Value)> Source(ReviewReport report)
    {
        var provenance = report.Provenance;
        yield return ("System", report.System.Length > 0 ? report.System : "not named (--system)");
        if (report.Period.Length > 0)
        {
            yield return ("Period", report.Period);
        }

        yield return ("Scope", report.Scope.Text);
        yield return ("File", $"{provenance.FileName} ({provenance.Size} bytes)");
        yield return ("SHA-256 of the file", provenance.Sha256);
        yield return ("Connector", "not recorded in the file");
        yield return ("Sync", $"{provenance.Run.Id} ({provenance.Run.TypeName}{(provenance.Run.IsFinished ? "" : ", unfinished")})");
        yield return ("Sync started", Words.Time(provenance.Run.StartedAt));
        yield return ("Sync ended", provenance.Run.EndedAt is { } ended ? Words.Time(ended) : "unfinished");
        yield return ("Ages counted to", Words.Time(report.Book.AsOf));
        if (report.EarlierProvenance is { } earlier)
        {
            yield return ("Earlier file", $"{earlier.FileName}, sync {earlier.Run.Id} of {Words.Time(earlier.Run.EndedAt ?? earlier.Run.StartedAt)}");
            yield return ("SHA-256 of the earlier file", earlier.Sha256);
        }

        yield return ("Report made", Words.Time(report.Generated));
        yield return ("Tool", $"baton {FileProvenance.ToolVersion}");
    }

    public static IEnumerable<(string Name, int Value)> Totals(ReviewReport report)
    {
        var totals = report.Totals;
        yield return ("Rows to decide on (grants)", totals.Rows);
        yield return ("Grants outside the scope", totals.RowsOutOfScope);
        yield return ("Resources", totals.Targets);
        yield return ("Privileged rows", totals.Privileged);
        yield return ("Obtained directly", totals.Direct);
        yield return ("Inherited only", totals.Inherited);
        yield return ("Direct and inherited", totals.DirectAndInherited);
        if (totals.New is { } isNew)
        {
            yield return ("Rows new since the earlier file", isNew);
            yield return ("Rows gone since the earlier file", totals.Removed ?? 0);
        }

        foreach (var (role, count) in totals.RowsByRole)
        {
            yield return ($"Rows with role {role}", count);
        }

        yield return ("Accounts", totals.Accounts);
        yield return ("Accounts without access", totals.AccountsWithoutAccess);
        foreach (var (status, count) in totals.AccountsByStatus)
        {
            yield return ($"Accounts {(status == "unknown" ? "of unknown status" : status)}", count);
        }

        foreach (var (kind, count) in totals.AccountsByKind)
        {
            yield return ($"Accounts of type {kind}", count);
        }

        foreach (var (quality, count) in totals.AccountsByLastSeen)
        {
            yield return ($"Accounts with last seen {quality}", count);
        }
    }

    /// <summary>Whether every grant of the file is in the review, or knowingly outside of it.</summary>
    public static string SourceCheck(ReviewReport report)
        => report.Totals.Rows + report.Totals.RowsOutOfScope == report.GrantsInFile
            ? $"matches the source: {report.GrantsInFile} grants in the file"
            : $"DOES NOT MATCH the source: {report.GrantsInFile} grants in the file, {report.Totals.Rows + report.Totals.RowsOutOfScope} here";

    /// <summary>What limits what the review can say.</summary>
    public static IEnumerable<string> Notes(ReviewReport report)
    {
        var run = report.Provenance.Run;
        if (!run.IsFinished)
        {
            yield return "The sync is unfinished: access that it had not read yet is missing.";
        }

        if (run.TypeName != "full")
        {
            yield return $"The sync is of type {run.TypeName}: it covers only a part of the system.";
        }

        if (!report.Book.KnowsLastSeen)
        {
            yield return "The source does not say when accounts were last seen: nothing can be said about dormant accounts.";
        }

        foreach (var (entry, severity, count) in report.Totals.Findings)
        {
            if (severity == Severity.DataQuality)
            {
                yield return $"{entry.Name} ({count}): {entry.Rule}";
            }
        }
    }
}
