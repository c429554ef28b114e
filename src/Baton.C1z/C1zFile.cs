using System.Globalization;
using Baton.C1z.Container;
using Baton.C1z.Pebble;
using Baton.C1z.Reading;
using Baton.C1z.Rows;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Google.Protobuf;

namespace Baton.C1z;

/// <summary>
/// An open <c>.c1z</c> file. Everything happens in a private working copy, migrated to the current schema; the file itself is written by
/// <see cref="Save"/> alone, in one step. A v3 file is only read: its working copy is made of its records. Thread-safe.
/// </summary>
public sealed partial class C1zFile : IDisposable
{
    /// <summary>One in so many pages may be free in a file that is saved.</summary>
    private const int TolerableFreePages = 10;

    private readonly Lock _gate = new();
    private readonly WorkingFolder _folder;
    private readonly OutputFile? _output;
    private SqliteDatabase? _database;
    private SyncWriter? _writer;

    private C1zFile(string path, C1zVersion version, WorkingFolder folder, OutputFile? output, TimeProvider time)
    {
        Path = path;
        Version = version;
        _folder = folder;
        _output = output;
        Time = time;
        Syncs = new SyncCatalog(this);
    }

    public string Path { get; }

    /// <summary>How the file is made. What is written is always v1.</summary>
    public C1zVersion Version { get; }

    public SyncCatalog Syncs { get; }

    internal TimeProvider Time { get; }

    /// <summary>Opens a file to read it.</summary>
    /// <exception cref="C1zException">The file is missing, not a <c>.c1z</c>, damaged, or larger than the limits allow.</exception>
    public static C1zFile OpenRead(string path, C1zOptions? options = null)
    {
        options ??= new();
        C1zMagic.RequireReadable(path);
        return Open(path, path, output: null, options, C1zSchema.CreateOrMigrate);
    }

    /// <summary>
    /// Opens a file to list what is in it, as fast for an old writer's file as for a new one's: no row is migrated and no index is
    /// built. Everything is listed as <see cref="OpenRead"/> would have it, but which grants of an old writer expand is not known.
    /// </summary>
    /// <exception cref="C1zException">As <see cref="OpenRead"/>.</exception>
    public static C1zFile OpenAsIs(string path, C1zOptions? options = null)
    {
        options ??= new();
        C1zMagic.RequireReadable(path);
        return Open(path, path, output: null, options, database =>
        {
            // The system has the pages of a copy that was just made. Ours would be there twice.
            database.Execute("PRAGMA cache_size = -512");
            database.LimitValues(options.Limits.MaxValueBytes);
            C1zSchema.CreateMissing(database);
        });
    }

    /// <summary>
    /// Opens a file to add a sync to it; a missing or empty one is started. The place is claimed: it is known to be writable, and no
    /// other process can claim it until this is disposed.
    /// </summary>
    /// <param name="startFrom">The file to start from instead of <paramref name="path"/>: saved progress of an interrupted sync.</param>
    /// <exception cref="C1zException">
    /// As <see cref="OpenRead"/>; or the file is a v3 one, or the place is not writable, or being written.
    /// </exception>
    public static C1zFile OpenWrite(string path, C1zOptions? options = null, string? startFrom = null)
    {
        options ??= new();
        var output = OutputFile.Claim(path);
        try
        {
            if (startFrom is not null)
            {
                // Saving replaces what is at the path, whatever was started from: neither an absent start nor a file that is none of
                // ours may cost its contents.
                C1zMagic.RequireWritable(startFrom);
                C1zMagic.RequireWritableOrEmpty(path);
            }

            C1zMagic.RequireWritableOrEmpty(startFrom ?? path);
            return Open(path, startFrom ?? path, output, options, C1zSchema.CreateOrMigrate);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Starts a sync. A file has one writer at a time: the one before is settled, and cannot be used any more.</summary>
    public SyncWriter BeginSync(SyncType type)
    {
        var writer = Write(() => SyncLifeCycle.Begin(this, type));
        writer.BeginLoad();
        return writer;
    }

    /// <summary>Goes on with an unfinished sync; otherwise as <see cref="BeginSync"/>.</summary>
    /// <exception cref="C1zException">The file does not hold the sync, or it is finished.</exception>
    public SyncWriter ResumeSync(SyncRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Write(() => SyncLifeCycle.Resume(this, run.Id));
    }

    /// <summary>The rows of one sync.</summary>
    public SyncReader Read(SyncRun run)
    {
        ArgumentNullException.ThrowIfNull(run);

        // Only a file that was opened as it is still has such a sync.
        var isOld = Access(database => database.Scalar("SELECT 1 FROM v1_sync_runs WHERE sync_id = ?1 AND grants_backfilled = 0", run.Id)) is not null;
        return new(this, run, isOld ? GrantForm.WithExpansion : GrantForm.Current);
    }

    /// <summary>Deletes old syncs by the retention rules. <paramref name="current"/>, the sync that is about to end, stays.</summary>
    /// <param name="keep">How many full syncs stay, the current one included; at least 1.</param>
    /// <returns>The ids of the syncs that were deleted.</returns>
    public IReadOnlyList<string> DeleteOldSyncs(int keep, SyncRun? current) => new SyncRetention(this).Apply(keep, current);

    /// <summary>
    /// Writes the file: complete or not at all, and what was there before stays until the last step. The working copy is closed by it.
    /// </summary>
    /// <param name="suffix">Appended to the path, to save beside the file.</param>
    /// <exception cref="C1zException">The write failed.</exception>
    public SavedFile Save(string suffix = "")
    {
        var output = RequireOutput();
        lock (_gate)
        {
            _writer?.SettleAll();
            Access(Complete);
            CloseDatabase();
            var decoded = new FileInfo(_folder.DatabasePath).Length;
            var encoded = output.Save(_folder.DatabasePath, suffix);
            return new SavedFile(Path + suffix, decoded, encoded);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            CloseDatabase();
        }

        _folder.Dispose();
        _output?.Dispose();
    }

    /// <summary>One access to the working copy at a time, and SQLite's errors in words that name the file.</summary>
    internal T Access<T>(Func<SqliteDatabase, T> action)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_database is null, this);
            try
            {
                return action(_database);
            }
            catch (SqliteException refusal)
            {
                throw Explain(refusal, Path, _folder.Path);
            }
        }
    }

    internal void Access(Action<SqliteDatabase> action) => Access<object?>(database =>
    {
        action(database);
        return null;
    });

    // Pages that deleted syncs left are given back when they are more than a few. What was in them is overwritten in any case: an account
    // that is gone from every sync is gone from the file.
    private static void Complete(SqliteDatabase database)
    {
        database.Execute("COMMIT");
        var free = long.Parse(database.Scalar("PRAGMA freelist_count")!, CultureInfo.InvariantCulture);
        var pages = long.Parse(database.Scalar("PRAGMA page_count")!, CultureInfo.InvariantCulture);
        if (free > pages / TolerableFreePages)
        {
            database.Execute("VACUUM");
        }
    }

    private OutputFile RequireOutput() => _output ?? throw new InvalidOperationException("The file was opened to be read.");

    private SyncWriter Write(Func<SyncRun> start)
    {
        RequireOutput();
        lock (_gate)
        {
            _writer?.SettleAll();
            _writer?.Dispose();
            _writer = null;
            return _writer = new SyncWriter(this, start());
        }
    }

    private static C1zFile Open(string path, string source, OutputFile? output, C1zOptions options, Action<SqliteDatabase> prepare)
    {
        var format = C1zMagic.Detect(source);
        var folder = WorkingFolder.Create(options.TemporaryFolder);
        var file = new C1zFile(path, format == C1zFormat.V3 ? C1zVersion.V3 : C1zVersion.V1, folder, output, options.Time);
        try
        {
            if (format == C1zFormat.V3)
            {
                using var store = PebbleFile.Unpack(source, folder.Path, options.Limits);
                file.OpenDatabase(source, store.Load);
            }
            else
            {
                if (format != C1zFormat.Empty)
                {
                    ContainerReader.Unpack(source, folder.DatabasePath, options.Limits);
                }

                file.OpenDatabase(source, prepare);
            }

            return file;
        }
        catch
        {
            // The output is the caller's until the file is returned.
            file.CloseDatabase();
            folder.Dispose();
            throw;
        }
    }

    private void OpenDatabase(string source, Action<SqliteDatabase> prepare)
    {
        try
        {
            _database = SqliteDatabase.Open(_folder.DatabasePath);
            if (C1zSchema.FindForeign(_database) is { } foreign)
            {
                throw new C1zException(C1zError.NotC1z, $"{source} is not a .c1z file: its database holds the {foreign}");
            }

            // The working copy is private and worth nothing after a crash, so nothing is synced to survive one. It keeps a rollback
            // journal nevertheless: a unique index that meets duplicates (RowInserter.Settle) is undone by it, and without one stays
            // half-made in the schema. In a load it holds next to nothing, since pages that are new need no undoing. Closing leaves
            // a database in rollback mode without a journal beside it, whatever mode the file came in.
            _database.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE;");
            _database.Execute("PRAGMA secure_delete = ON; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096; PRAGMA temp_store = FILE;");
            _database.SpillTo(System.IO.Path.GetDirectoryName(_folder.Path)!); // It is a folder in one.
            _database.Execute("BEGIN");
            prepare(_database);
        }
        catch (SqliteException refusal)
        {
            throw Explain(refusal, source, _folder.Path);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw new C1zException(C1zError.Corrupt, $"{source} is damaged: a row of v1_grants holds no Grant message", damage);
        }
    }

    private void CloseDatabase()
    {
        // SQLite closes a file only when no statement is left.
        _writer?.Dispose();
        _writer = null;
        _database?.Dispose();
        _database = null;
    }

    private static C1zException Explain(SqliteException refusal, string path, string folder) => refusal.Code switch
    {
        SqliteResult.Full or SqliteResult.IoError or SqliteResult.CannotOpen => new C1zException(
            C1zError.NotWritable, $"cannot work on {path} in {folder}: {refusal.Message} (is the disk full? BATON_TMPDIR chooses another)", refusal),
        SqliteResult.TooBig => new C1zException(
            C1zError.TooLarge, $"{path} holds a value that is too large to be read; raise BATON_DECODER_MAX_MEMORY_MB if you trust it", refusal),
        _ => new C1zException(C1zError.Corrupt, $"{path} is damaged: {refusal.Message}", refusal),
    };
}
