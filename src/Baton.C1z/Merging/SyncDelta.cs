using Baton.C1z.Rows;
using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;

namespace Baton.C1z.Merging;

/// <summary>
/// Adds what one sync of a file holds more than another as a partial sync of its own: rows whose id the other does not have, and rows that
/// say something else. What only the other one holds is counted, since no row can say it.
/// </summary>
public sealed class SyncDelta
{
    private readonly C1zFile _file;
    private readonly SyncRun _from;
    private readonly SyncRun _to;
    private readonly SyncWriter _writer;

    private SyncDelta(C1zFile file, SyncRun from, SyncRun to)
    {
        _file = file;
        _from = from;
        _to = to;
        _writer = file.BeginDifference(from);
    }

    /// <summary>Of the sync that was added.</summary>
    public string SyncId => _writer.Run.Id;

    /// <summary>Rows that only the later sync holds.</summary>
    public long Added { get; private set; }

    /// <summary>Rows that both hold, and that are not alike.</summary>
    public long Changed { get; private set; }

    /// <summary>Rows that only the earlier sync holds. They are not in the difference.</summary>
    public long Missing { get; private set; }

    /// <param name="file">Opened to be written; it is not saved.</param>
    /// <param name="fromId">The sync that the difference is applied to.</param>
    /// <param name="toId">The sync that is reached by it.</param>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    /// <exception cref="C1zException">The file does not hold one of the syncs, or it has not ended.</exception>
    public static SyncDelta Add(C1zFile file, string fromId, string toId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (from, to) = (SyncLifeCycle.RequireFinished(file, fromId), SyncLifeCycle.RequireFinished(file, toId));
        var difference = new SyncDelta(file, from, to);
        foreach (var table in MergeTable.All)
        {
            difference.Walk(table, cancellationToken);
        }

        difference._writer.End();
        return difference;
    }

    private void Walk(MergeTable table, CancellationToken cancellationToken)
    {
        foreach (var (first, last) in RowChunks.Of(_file.Access, table.Name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _file.Access(database =>
            {
                Copy(database, table, Differing(database, table, first, last));
                Missing += CountMissing(database, table, first, last);
            });
        }
    }

    private List<long> Differing(SqliteDatabase database, MergeTable table, long first, long last)
    {
        var keys = string.Join("", table.Keys(database).Select(key => $" OR n.{key} IS NOT o.{key}"));
        using var rows = database.Prepare(
            $"SELECT n.id, o.id IS NULL, n.data, o.data, 0{keys} FROM {table.Name} AS n "
            + $"LEFT JOIN {table.Name} AS o ON o.external_id = n.external_id AND o.sync_id = ?4 "
            + $"WHERE n.id BETWEEN ?1 AND ?2 AND n.sync_id = ?3 AND (o.id IS NULL OR n.data IS NOT o.data{keys}) ORDER BY n.id");
        Bind(rows, first, last, _to, _from);
        var found = new List<long>();
        while (rows.Step())
        {
            if (rows.Int64(1) != 0)
            {
                Added++;
            }
            else if (rows.Int64(4) != 0 || !Likeness.AreAlike(rows.Blob(2), rows.Blob(3), table.Parser))
            {
                Changed++;
            }
            else
            {
                continue;
            }

            found.Add(rows.Int64(0));
        }

        return found;
    }

    private void Copy(SqliteDatabase database, MergeTable table, List<long> rows)
    {
        var columns = string.Join(", ", table.Columns(database));
        using var copy = database.Prepare($"INSERT INTO {table.Name} ({columns}, sync_id) SELECT {columns}, ?2 FROM {table.Name} WHERE id = ?1");
        copy.Bind(2, SyncId);
        foreach (var row in rows)
        {
            copy.Bind(1, row);
            copy.Run();
        }
    }

    private long CountMissing(SqliteDatabase database, MergeTable table, long first, long last)
    {
        using var count = database.Prepare(
            $"SELECT count(*) FROM {table.Name} AS o WHERE o.id BETWEEN ?1 AND ?2 AND o.sync_id = ?3 "
            + $"AND NOT EXISTS (SELECT 1 FROM {table.Name} AS n WHERE n.external_id = o.external_id AND n.sync_id = ?4)");
        Bind(count, first, last, _from, _to);
        return count.Step() ? count.Int64(0) : 0;
    }

    private static void Bind(SqliteStatement statement, long first, long last, SyncRun of, SyncRun other)
    {
        statement.Bind(1, first);
        statement.Bind(2, last);
        statement.Bind(3, of.Id);
        statement.Bind(4, other.Id);
    }
}
