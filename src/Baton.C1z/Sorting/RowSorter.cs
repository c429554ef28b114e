using Baton.C1z.Container;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Sorting;

/// <summary>
/// Sorts more rows than memory should hold: they wait in a private temporary file, and come back in the order of their keys' bytes.
/// Rows of one key keep the order in which they came. Not thread-safe.
/// </summary>
public sealed class RowSorter : IDisposable
{
    private readonly WorkingFolder _folder;
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _insertion;

    /// <exception cref="C1zException">The temporary folder cannot be used.</exception>
    public RowSorter(C1zOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _folder = WorkingFolder.Create(options.TemporaryFolder);
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(_folder.DatabasePath);

            // What is sorted is gone with the process anyway. SQLite merges runs on disk, each as large as its cache may be.
            database.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1024; PRAGMA temp_store = FILE;");
            database.SpillTo(Path.GetDirectoryName(_folder.Path)!);
            database.Execute("CREATE TABLE rows (key BLOB NOT NULL, row BLOB NOT NULL); BEGIN");
            _insertion = database.Prepare("INSERT INTO rows VALUES (?1, ?2)");
            _database = database;
        }
        catch (SqliteException refusal)
        {
            database?.Dispose();
            _folder.Dispose();
            throw Explain(refusal);
        }
    }

    public long Count { get; private set; }

    /// <exception cref="C1zException">The temporary folder is full.</exception>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row)
    {
        try
        {
            _insertion.BindBlob(1, key);
            _insertion.BindBlob(2, row);
            _insertion.Run();
            Count++;
        }
        catch (SqliteException refusal)
        {
            throw Explain(refusal);
        }
    }

    /// <summary>All rows, sorted. Streams; they may be asked for more than once.</summary>
    /// <exception cref="C1zException">The temporary folder is full.</exception>
    public IEnumerable<SortedRow> Rows()
    {
        using var statement = _database.Prepare("SELECT key, row FROM rows ORDER BY key, rowid");
        while (Next(statement) is { } row)
        {
            yield return row;
        }
    }

    public void Dispose()
    {
        _insertion.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    private SortedRow? Next(SqliteStatement statement)
    {
        try
        {
            return statement.Step() ? new(statement.Blob(0).ToArray(), statement.Blob(1).ToArray()) : null;
        }
        catch (SqliteException refusal)
        {
            throw Explain(refusal);
        }
    }

    private C1zException Explain(SqliteException refusal)
        => new(C1zError.NotWritable, $"cannot sort in {_folder.Path}: {refusal.Message} (is the disk full? BATON_TMPDIR chooses another)", refusal);
}

/// <summary>One row, as it was given.</summary>
public readonly record struct SortedRow(byte[] Key, byte[] Row);
