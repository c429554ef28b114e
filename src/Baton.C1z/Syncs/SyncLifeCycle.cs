using Baton.C1z.Schema;

namespace Baton.C1z.Syncs;

/// <summary>Starts and resumes syncs.</summary>
internal static class SyncLifeCycle
{
    public static SyncRun Begin(C1zFile file, SyncType type)
    {
        var now = file.Time.GetLocalNow();
        var run = new SyncRun
        {
            Id = SyncId.New(now),
            Type = type,
            TypeName = type.Name(),
            StartedAt = Timestamp.Parse(Timestamp.Format(now)) ?? now,
            Token = "",
            ParentId = type == SyncType.Partial ? file.Syncs.LatestFinished(SyncType.Full)?.Id ?? "" : "",
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
}
