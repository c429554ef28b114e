using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Podium.Data;

namespace Podium.Backups;

/// <summary>
/// Our tables by COPY, in one transaction that sees one moment. Rows go in pieces of some megabytes, so that nothing of them lies on a disk in clear.
/// </summary>
internal sealed class PostgreSqlBackupSource(Database database) : IBackupSource
{
    private const int PieceSize = 4 * 1024 * 1024;

    public static string PartName(string table, int number) => $"tables/{table}/{number:000000}";

    public async Task<IReadOnlyList<BackupTable>> WriteAsync(BackupWriter archive, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        await CheckSchemaAsync(context, cancellationToken);
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        List<BackupTable> tables = [];
        foreach (var name in Tables(context))
        {
            var columns = await ColumnsAsync(connection, name, cancellationToken);
            await CopyAsync(connection, archive, name, columns, cancellationToken);
            tables.Add(new(name, await ScalarAsync<long>(connection, $"SELECT count(*) FROM {name}", cancellationToken), columns, await SequenceAsync(connection, name, cancellationToken)));
        }

        return tables;
    }

    /// <summary>A connection of its own, for as long as it takes.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(Database database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>By name. Others may have tables in the same schema; and the history of changes is made by the changes themselves.</summary>
    public static IReadOnlyList<string> Tables(PodiumContext context)
        => [.. context.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static async Task CheckSchemaAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (!applied.SequenceEqual(context.Database.GetMigrations(), StringComparer.Ordinal))
        {
            throw new Refusal("The schema of the database is of another version than this podium: make the backup with the one that runs on it.");
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, BackupWriter archive, string table, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) TO STDOUT (FORMAT BINARY)", cancellationToken);
        var piece = new byte[PieceSize];
        for (var number = 0; ; number++)
        {
            var filled = await rows.ReadAtLeastAsync(piece, PieceSize, throwOnEndOfStream: false, cancellationToken);
            if (filled == 0)
            {
                return;
            }

            using var content = new MemoryStream(piece, 0, filled, writable: false);
            await archive.AddAsync(PartName(table, number), content, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum", connection)
        {
            Parameters = { new() { Value = table } },
        };
        List<string> columns = [];
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            columns.Add(rows.GetString(0));
        }

        return columns;
    }

    private static async Task<BackupSequence?> SequenceAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(
            "SELECT pg_get_serial_sequence($1, attname) FROM pg_attribute WHERE attrelid = $1::regclass AND attidentity <> '' AND NOT attisdropped", connection)
        {
            Parameters = { new() { Value = table } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken) is not string name)
        {
            return null;
        }

        await using var read = new NpgsqlCommand($"SELECT last_value, is_called FROM {name}", connection);
        await using var row = await read.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        // The schema may have another name where it is restored.
        return new(name[(name.LastIndexOf('.') + 1)..], row.GetInt64(0), row.GetBoolean(1));
    }
}
