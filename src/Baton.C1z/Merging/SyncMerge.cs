using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;

namespace Baton.C1z.Merging;

/// <summary>
/// Merges finished syncs of other files into one sync of a new file. Of rows with one id the one that was discovered last stays, and the
/// later source's where that says nothing. Nothing is ever taken away: what a source does not hold another one may. The sources are only
/// read, one at a time, and memory does not grow with them.
/// </summary>
public sealed class SyncMerge : IDisposable
{
    private readonly C1zFile _file;
    private readonly C1zOptions _options;
    private readonly SyncRun _run;
    private SyncType? _type;

    private SyncMerge(C1zFile file, C1zOptions options, SyncRun run)
    {
        _file = file;
        _options = options;
        _run = run;
    }

    public string Path => _file.Path;

    /// <summary>Of the sync that comes of it.</summary>
    public string SyncId => _run.Id;

    /// <summary>Claims the place of the new file.</summary>
    /// <param name="pathOf">Its path, by the id of its sync.</param>
    /// <param name="options">How it and the sources are opened.</param>
    /// <exception cref="C1zException">There is something already, or the place is not writable.</exception>
    public static SyncMerge Begin(Func<string, string> pathOf, C1zOptions options)
    {
        ArgumentNullException.ThrowIfNull(pathOf);
        ArgumentNullException.ThrowIfNull(options);
        var id = Syncs.SyncId.New(options.Time.GetUtcNow());
        var path = pathOf(id);
        RequireAbsent(path);
        var file = C1zFile.OpenWrite(path, options);
        try
        {
            // Another process may have been about to save it when it was not there yet.
            RequireAbsent(path);
            return new(file, options, file.BeginMerge(id));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes over the rows of one more sync.</summary>
    /// <returns>How many rows of it are in the result for now: those that nothing newer stands against.</returns>
    /// <exception cref="C1zException">The file cannot be read, does not hold the sync, or the sync is not of a kind that can be merged.</exception>
    public long Add(SyncSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var file = C1zFile.OpenRead(source.Path, _options);
        var run = SyncLifeCycle.RequireFinished(file, source.SyncId);
        var type = Union(_type, Mergeable(file, run));
        cancellationToken.ThrowIfCancellationRequested();
        var taken = Absorb(file, run, isFirst: _type is null, cancellationToken);
        _type = type;
        return taken;
    }

    /// <summary>All sources are merged.</summary>
    /// <returns>Goes on with the new sync, and ends it. Its type is the widest of the sources'.</returns>
    public SyncWriter Settle()
    {
        var type = _type ?? throw new InvalidOperationException("Nothing was merged.");
        _file.Access(database =>
        {
            foreach (var table in MergeTable.All)
            {
                table.Loaded?.CreateIndexes(database);
            }

            database.Execute("UPDATE v1_sync_runs SET sync_type = ?1 WHERE sync_id = ?2", type.Name(), SyncId);
        });
        return _file.ResumeSync(_run);
    }

    /// <summary>Writes the new file, complete or not at all.</summary>
    /// <exception cref="C1zException">The write failed.</exception>
    public SavedFile Save() => _file.Save();

    public void Dispose() => _file.Dispose();

    private static void RequireAbsent(string path)
    {
        if (System.IO.Path.Exists(path))
        {
            throw new C1zException(C1zError.NotWritable, $"cannot write {path}: it exists already and is not overwritten; name a new file or a folder");
        }
    }

    private static SyncType Mergeable(C1zFile file, SyncRun run) => run.Type switch
    {
        SyncType.Full or SyncType.ResourcesOnly or SyncType.Partial => run.Type,
        _ => throw new C1zException(
            C1zError.UnsuitableSync,
            $"sync {run.Id} in {file.Path} is of the type {run.TypeName} and cannot be merged: only full, partial and resources_only syncs can"),
    };

    private static SyncType Union(SyncType? left, SyncType right) => (left, right) switch
    {
        (null, _) => right,
        (SyncType.Full, _) or (_, SyncType.Full) => SyncType.Full,
        (SyncType.ResourcesOnly, _) or (_, SyncType.ResourcesOnly) => SyncType.ResourcesOnly,
        _ => SyncType.Partial,
    };

    private long Absorb(C1zFile source, SyncRun run, bool isFirst, CancellationToken cancellationToken)
    {
        // Where it fails nothing needs to be undone: the working copy is given up.
        _file.Attach(source.Release());
        var taken = MergeTable.All.Sum(table => Absorb(source, run, table, isFirst, cancellationToken));
        _file.Detach();
        return taken;
    }

    private long Absorb(C1zFile source, SyncRun run, MergeTable table, bool isFirst, CancellationToken cancellationToken)
    {
        string Sql(SqliteDatabase database)
        {
            var columns = table.Columns(database);
            var names = string.Join(", ", columns);
            var upsert = string.Join(", ", columns.Where(column => column != "external_id").Select(column => $"{column} = excluded.{column}"));
            return $"INSERT INTO main.{table.Name} ({names}, sync_id) SELECT {names}, ?4 FROM source.{table.Name} WHERE id BETWEEN ?1 AND ?2 AND sync_id = ?3 ORDER BY id"
                + (isFirst ? "" : $" ON CONFLICT (external_id, sync_id) DO UPDATE SET {upsert} WHERE excluded.discovered_at >= {table.Name}.discovered_at");
        }

        try
        {
            // A base is appended as it is. Whatever comes upon it is looked for by the one index that finds it.
            _file.Access(database => Prepare(database, table, isFirst));
            var taken = 0L;
            foreach (var (first, last) in RowChunks.Of(_file.Access, $"source.{table.Name}"))
            {
                cancellationToken.ThrowIfCancellationRequested();
                taken += _file.Access(database =>
                {
                    using var statement = database.Prepare(Sql(database));
                    statement.Bind(1, first);
                    statement.Bind(2, last);
                    statement.Bind(3, run.Id);
                    statement.Bind(4, SyncId);
                    statement.Run();
                    return database.Changes;
                });
            }

            return taken;
        }
        catch (C1zException damage) when (damage.Error == C1zError.Corrupt)
        {
            // All that can be amiss with our own copy comes from what was just read.
            throw new C1zException(C1zError.Corrupt, damage.Message.Replace(_file.Path, source.Path, StringComparison.Ordinal), damage);
        }
    }

    private static void Prepare(SqliteDatabase database, MergeTable table, bool isFirst)
    {
        if (isFirst)
        {
            table.Loaded?.DropIndexes(database);
        }
        else
        {
            table.Loaded?.CreateUniqueIndex(database);
        }
    }
}
