using Baton.C1z.Schema;

namespace Baton.C1z.Syncs;

/// <summary>Which old syncs a file keeps. Unfinished ones are never deleted: somebody may resume them.</summary>
/// <remarks>
/// Cheapest before a load, when the indexes are away and the new rows can take the place of the old. What is left free is given back
/// when the file is saved.
/// </remarks>
internal sealed class SyncRetention(C1zFile file)
{
    public const int DefaultKeep = 2;

    /// <param name="keep">How many full syncs stay, the current one included whatever its type.</param>
    /// <param name="current">The sync that is still open; null when none is.</param>
    public IReadOnlyList<string> Apply(int keep, SyncRun? current)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var limit = current is null ? keep : keep - 1;
        var candidates = file.Syncs.All().Where(run => run.IsFinished && run.Id != current?.Id).ToList();
        var doomed = Doomed(candidates, limit, current is not null);
        if (doomed.Count == 0)
        {
            return [];
        }

        file.Access(database =>
        {
            foreach (var id in doomed)
            {
                foreach (var table in C1zSchema.SyncTables)
                {
                    database.Execute($"DELETE FROM {table} WHERE sync_id = ?1", id);
                }

                database.Execute("DELETE FROM v1_sync_runs WHERE sync_id = ?1", id);
            }
        });
        return doomed;
    }

    private static List<string> Doomed(List<SyncRun> candidates, int limit, bool open)
    {
        var partials = candidates.Where(run => run.Type is SyncType.Partial or SyncType.ResourcesOnly).ToList();
        var differences = candidates.Where(run => run.Type is SyncType.PartialUpserts or SyncType.PartialDeletions).ToList();
        var fulls = candidates.Except(partials).Except(differences).ToList();

        var doomed = new List<SyncRun>();
        if (fulls.Count > limit)
        {
            var excess = fulls.Count - limit;
            doomed.AddRange(fulls.Take(excess));

            // A partial sync that ended before the oldest full one that stays says nothing any more.
            var cutoff = open ? fulls[excess - 1] : fulls[excess];
            doomed.AddRange(partials.Where(run => run.EndedAt < cutoff.StartedAt));
        }

        if (differences.Count > 2)
        {
            // The newest one stays, and its other half, wherever that is.
            var newest = differences[^1];
            doomed.AddRange(differences.Where(run => run.Id != newest.Id && run.Id != newest.LinkedId));
        }

        return doomed.ConvertAll(run => run.Id);
    }
}
