using Npgsql;
using NpgsqlTypes;

namespace Podium.Inventory.Applying;

/// <summary>Binary COPY; updates go by a temporary table.</summary>
internal sealed class PostgreSqlBulkWriter(NpgsqlConnection connection) : IBulkWriter
{
    public async Task<IReadOnlyList<long>> ReserveAsync(string table, int count, CancellationToken cancellationToken)
    {
        // From the sequence, one by one: whoever else inserts takes theirs from it too, and explicit ids past it would collide.
        await using var command = new NpgsqlCommand(
            "SELECT array_agg(nextval(pg_get_serial_sequence(@table, 'id'))) FROM generate_series(1, @count)", connection);
        command.Parameters.AddWithValue("table", table);
        command.Parameters.AddWithValue("count", count);
        return count == 0 ? [] : (long[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public Task InsertAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken)
        => CopyAsync(table.Name, table.Columns, write, cancellationToken);

    public async Task UpdateAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken)
    {
        var names = table.Columns.Select(column => column.Name).ToList();
        await RunAsync($"CREATE TEMP TABLE changed ON COMMIT DROP AS SELECT {string.Join(", ", names)} FROM {table.Name} WITH NO DATA", cancellationToken);
        await CopyAsync("changed", table.Columns, write, cancellationToken);
        // Without statistics the planner takes it for large and scans the whole table (seen: 44 s).
        await RunAsync("ANALYZE changed", cancellationToken);
        await RunAsync(
            $"UPDATE {table.Name} AS t SET {string.Join(", ", names.Skip(1).Select(name => $"{name} = c.{name}"))} FROM changed AS c WHERE t.{names[0]} = c.{names[0]}",
            cancellationToken);
        await RunAsync("DROP TABLE changed", cancellationToken);
    }

    public async Task<int> ExecuteAsync(
        string sql, IReadOnlyCollection<long> ids, IReadOnlyList<(string Name, long Value)> numbers, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql.Replace("{ids}", "= ANY (@ids)", StringComparison.Ordinal), connection);
        command.Parameters.Add(new NpgsqlParameter<long[]>("ids", [.. ids]));
        foreach (var (name, value) in numbers)
        {
            command.Parameters.Add(new NpgsqlParameter<long>(name.TrimStart('@'), value));
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CopyAsync(string table, IReadOnlyList<BulkColumn> columns, Action<IBulkRow> write, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", columns.Select(column => column.Name));
        await using var importer = await connection.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        write(new Row(importer, columns, cancellationToken));
        await importer.CompleteAsync(cancellationToken);
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Row(NpgsqlBinaryImporter importer, IReadOnlyList<BulkColumn> columns, CancellationToken cancellationToken) : IBulkRow
    {
        private int _column;

        public IBulkRow Set(long number)
        {
            if (Begin() == BulkType.Integer)
            {
                importer.Write((int)number, NpgsqlDbType.Integer);
            }
            else
            {
                importer.Write(number, NpgsqlDbType.Bigint);
            }

            return this;
        }

        public IBulkRow Set(string text)
        {
            Begin();
            importer.Write(text, NpgsqlDbType.Text);
            return this;
        }

        public IBulkRow Set(bool flag)
        {
            Begin();
            importer.Write(flag, NpgsqlDbType.Boolean);
            return this;
        }

        public IBulkRow Set(ReadOnlySpan<byte> bytes)
        {
            Begin();
            importer.Write(bytes.ToArray(), NpgsqlDbType.Bytea);
            return this;
        }

        public IBulkRow SetNull()
        {
            Begin();
            importer.WriteNull();
            return this;
        }

        public void End()
        {
            cancellationToken.ThrowIfCancellationRequested();
            _column = 0;
        }

        private BulkType Begin()
        {
            if (_column == 0)
            {
                importer.StartRow();
            }

            return columns[_column++].Type;
        }
    }
}
