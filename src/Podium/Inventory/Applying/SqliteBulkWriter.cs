using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Podium.Inventory.Applying;

/// <summary>
/// Prepared statements, through SQLite's own interface: ADO.NET's parameters put each value on the heap, and a first sync has millions.
/// </summary>
internal sealed class SqliteBulkWriter(SqliteConnection connection) : IBulkWriter
{
    public async Task<IReadOnlyList<long>> ReserveAsync(string table, int count, CancellationToken cancellationToken)
    {
        // Nobody else can write while our transaction is open, and inserting explicit ids moves the counter.
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = @table), 0)";
        command.Parameters.AddWithValue("@table", table);
        var last = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        var ids = new long[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = last + 1 + i;
        }

        return ids;
    }

    public Task InsertAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => RunAsync(
        $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) "
        + $"VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"?{i + 1}"))})",
        write,
        cancellationToken);

    public Task UpdateAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken) => RunAsync(
        $"UPDATE {table.Name} SET {string.Join(", ", table.Columns.Skip(1).Select((column, i) => $"{column.Name} = ?{i + 2}"))} "
        + $"WHERE {table.Columns[0].Name} = ?1",
        write,
        cancellationToken);

    public async Task<int> ExecuteAsync(
        string sql, IReadOnlyCollection<long> ids, IReadOnlyList<(string Name, long Value)> numbers, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{ids}", "IN (SELECT value FROM json_each(@ids))", StringComparison.Ordinal);
        command.Parameters.AddWithValue("@ids", JsonSerializer.Serialize(ids));
        foreach (var (name, value) in numbers)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task RunAsync(string sql, Action<IBulkRow> write, CancellationToken cancellationToken)
    {
        var database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            write(new Row(database, statement, cancellationToken));
        }

        return Task.CompletedTask;
    }

    private static void Check(int code, sqlite3 database)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }

    private sealed class Row(sqlite3 database, sqlite3_stmt statement, CancellationToken cancellationToken) : IBulkRow
    {
        private const int StackBytes = 1024;

        private int _column;

        public IBulkRow Set(long number) => Bound(raw.sqlite3_bind_int64(statement, ++_column, number));

        public IBulkRow Set(bool flag) => Set(flag ? 1L : 0L);

        public IBulkRow Set(string text)
        {
            var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
            var bytes = needed <= StackBytes ? stackalloc byte[StackBytes] : new byte[needed];
            var length = Encoding.UTF8.GetBytes(text, bytes);
            return Bound(raw.sqlite3_bind_text(statement, ++_column, bytes[..length]));
        }

        public IBulkRow Set(ReadOnlySpan<byte> bytes) => Bound(raw.sqlite3_bind_blob(statement, ++_column, bytes));

        public IBulkRow SetNull() => Bound(raw.sqlite3_bind_null(statement, ++_column));

        public void End()
        {
            cancellationToken.ThrowIfCancellationRequested();
            _column = 0;
            var code = raw.sqlite3_step(statement);
            raw.sqlite3_reset(statement);
            Check(code, database);
        }

        private Row Bound(int code)
        {
            Check(code, database);
            return this;
        }
    }
}
