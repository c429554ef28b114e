using Baton.C1z.Schema;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Rows;

/// <summary>
/// Writes the rows of one table for one sync, in one of two ways. While its indexes are away, rows are appended, duplicates and all:
/// that is several times faster, and <see cref="Settle"/> then makes of them what single upserts would have made. With the indexes in
/// place each row is an upsert.
/// </summary>
internal sealed class RowInserter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly LoadedTable _table;
    private readonly string _syncId;
    private readonly SqliteStatement _append;
    private readonly Lazy<SqliteStatement> _upsert;

    /// <param name="columns">The columns that the caller binds, from parameter 1 on; <c>sync_id</c> and <c>discovered_at</c> follow them.</param>
    /// <param name="onConflict">What an upsert changes in the row that is already there.</param>
    public RowInserter(SqliteDatabase database, LoadedTable table, string syncId, IReadOnlyList<string> columns, string onConflict)
    {
        _database = database;
        _table = table;
        _syncId = syncId;
        var parameters = string.Join(", ", Enumerable.Range(1, columns.Count + 2).Select(number => $"?{number}"));
        var insert = $"INSERT INTO {table.Name} ({string.Join(", ", columns)}, sync_id, discovered_at) VALUES ({parameters})";
        SyncIdParameter = columns.Count + 1;
        _append = database.Prepare(insert);
        _upsert = new(() => database.Prepare($"{insert} ON CONFLICT (external_id, sync_id) DO UPDATE SET {onConflict}"));
    }

    public bool IsLoading { get; private set; }

    private int SyncIdParameter { get; }

    public void BeginLoad()
    {
        _table.DropIndexes(_database);
        IsLoading = true;
    }

    /// <summary>The statement to bind a row to and to run; the time of discovery and the sync are bound already.</summary>
    public SqliteStatement Row(string discoveredAt)
    {
        var statement = IsLoading ? _append : _upsert.Value;
        statement.Bind(SyncIdParameter, _syncId);
        statement.Bind(SyncIdParameter + 1, discoveredAt);
        return statement;
    }

    /// <summary>Ends a load: the rows of one id become one row, and the indexes are built.</summary>
    public void Settle()
    {
        if (!IsLoading)
        {
            return;
        }

        IsLoading = false;
        try
        {
            _database.Execute($"CREATE UNIQUE INDEX IF NOT EXISTS {_table.UniqueIndex}");
        }
        catch (SqliteException duplicates) when (duplicates.Code == SqliteResult.Constraint)
        {
            MergeDuplicates();
        }

        _table.CreateIndexes(_database);
    }

    public void Dispose()
    {
        _append.Dispose();
        if (_upsert.IsValueCreated)
        {
            _upsert.Value.Dispose();
        }
    }

    // An upsert keeps the first row's place, keys and time, and takes the last one's contents.
    private void MergeDuplicates()
    {
        _database.Execute("DROP TABLE IF EXISTS temp.twice");
        _database.Execute(
            $"CREATE TEMP TABLE twice AS SELECT external_id, min(id) AS first, max(id) AS last FROM {_table.Name} "
            + "WHERE sync_id = ?1 GROUP BY external_id HAVING count(*) > 1",
            _syncId);
        var expansion = _table.Name == "v1_grants" ? ", expansion = source.expansion, needs_expansion = source.needs_expansion" : "";
        _database.Execute(
            $"UPDATE {_table.Name} SET data = source.data{expansion} FROM temp.twice JOIN {_table.Name} AS source ON source.id = twice.last "
            + $"WHERE {_table.Name}.id = twice.first");
        _database.Execute(
            $"DELETE FROM {_table.Name} WHERE sync_id = ?1 AND external_id IN (SELECT external_id FROM temp.twice) "
            + "AND id NOT IN (SELECT first FROM temp.twice)",
            _syncId);
        _database.Execute("DROP TABLE temp.twice");
    }
}
