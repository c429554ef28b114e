using Baton.C1z.Schema;

namespace Baton.C1z.Syncs;

/// <summary>Starts and resumes syncs.</summary>
internal static class SyncLifeCycle
{
    /// <summary>How many a message names.</summary>
    private const int NamedSyncs = 10;

    public static SyncRun Begin(C1zFile file, SyncType type)
        => Begin(file, type, SyncId.New(file.Time.GetUtcNow()), type == SyncType.Partial ? file.Syncs.LatestFinished(SyncType.Full)?.Id ?? "" : "");

    public static SyncRun Begin(C1zFile file, SyncType type, string id, string parentId)
    {
        var now = file.Time.GetLocalNow();
        var run = new SyncRun
        {
            Id = id,
            Type = type,
            TypeName = type.Name(),
            StartedAt = Timestamp.Parse(Timestamp.Format(now)) ?? now,
            Token = "",
            ParentId = parentId,
        };
        file.Access(database => database.Execute(
            "INSERT INTO v1_sync_runs (sync_id, started_at, sync_token, sync_type, parent_sync_id, linked_sync_id, grants_backfilled) "
            + "VALUES (?1, ?2, '', ?3, ?4, '', 1)",
            run.Id,
            Timestamp.Format(now),
            run.TypeName,
            run.ParentId));
        return run;
    }

    /// <summary>A sync to take rows from.</summary>
    /// <exception cref="C1zException">The file does not hold the sync, or it has not ended.</exception>
    public static SyncRun RequireFinished(C1zFile file, string syncId)
    {
        var run = file.Syncs.Find(syncId) ?? throw new C1zException(C1zError.NoSuchSync, $"there is no sync {syncId} in {file.Path}; it holds {Known(file)}");
        return run.IsFinished ? run
            : throw new C1zException(C1zError.UnsuitableSync, $"sync {run.Id} in {file.Path} has not ended, and what it lacks is not known: let it be finished, or choose another");
    }

    /// <exception cref="C1zException">The file does not hold the sync, or it is finished.</exception>
    public static SyncRun Resume(C1zFile file, string syncId)
    {
        // As the file has it now: what the caller holds may be older, or from another file.
        var run = file.Syncs.Find(syncId) ?? throw new C1zException(C1zError.NoSuchSync, $"there is no sync {syncId} in {file.Path}");
        if (run.IsFinished)
        {
            throw new C1zException(C1zError.NoSuchSync, $"sync {run.Id} in {file.Path} is finished and cannot be resumed");
        }

        // What earlier checks found says nothing about the rows that are to come.
        file.Access(database => database.Execute(
            "UPDATE v1_sync_runs SET ingest_invariant_generation = '', ingest_invariant_coverage = '', ingest_invariant_mode = '' WHERE sync_id = ?1",
            run.Id));
        return run;
    }

    private static string Known(C1zFile file)
    {
        var all = file.Syncs.All();
        var named = all.Reverse().Take(NamedSyncs).Select(run => $"{run.Id} ({(run.IsFinished ? "" : "unfinished ")}{run.TypeName})");
        return all.Count == 0 ? "none" : string.Join(", ", named) + (all.Count > NamedSyncs ? ", …" : "");
    }
}
