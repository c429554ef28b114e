using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Podium.Data;
using Podium.Freezing;

namespace Podium.Backups.Restoring;

/// <summary>Makes the schema that the backup was of, and fills it in one transaction: there is all of it, frozen, or nothing.</summary>
internal static class PostgreSqlRestore
{
    /// <exception cref="BackupException">The database is not empty, or the backup does not fit.</exception>
    public static async Task RunAsync(DatabaseOptions options, string staging, BackupManifest manifest, Restoration restoration, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddLogging().AddData(options).BuildServiceProvider();
        var database = services.GetRequiredService<Database>();
        await using var context = database.Open();
        await using var connection = await PostgreSqlBackupSource.OpenAsync(database, cancellationToken);
        if (await IsUsedAsync(connection, cancellationToken))
        {
            throw new BackupException("the database of --database is not empty: give one without tables of podium");
        }

        var known = context.Database.GetMigrations().ToList();
        if (manifest.Schema.Count == 0 || !manifest.Schema.SequenceEqual(known.Take(manifest.Schema.Count), StringComparer.Ordinal))
        {
            throw new BackupException("it was made by a newer version of podium: restore it with that one");
        }

        // A pooler must not come between: the migrations and the rows are of one schema.
        await context.GetService<IMigrator>().MigrateAsync(manifest.Schema[^1], cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var table in await InOrderAsync(connection, manifest.Tables, cancellationToken))
        {
            await FillAsync(connection, staging, table, cancellationToken);
        }

        await using (var freeze = new NpgsqlCommand("INSERT INTO server_value (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", connection))
        {
            freeze.Parameters.Add(new() { Value = Restoration.Name });
            freeze.Parameters.Add(new() { Value = restoration.ToText() });
            await freeze.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        // Without statistics the first pages would be planned as if the tables were empty.
        await using var analyze = new NpgsqlCommand("ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    // A schema without a row is what a restore leaves that was ended before it had filled it.
    private static async Task<bool> IsUsedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => await PostgreSqlBackupSource.ScalarAsync<bool>(connection, "SELECT to_regclass('server_value') IS NOT NULL", cancellationToken)
            && await PostgreSqlBackupSource.ScalarAsync<bool>(connection, "SELECT EXISTS (SELECT FROM server_value)", cancellationToken);

    /// <summary>Each table behind those that its rows refer to.</summary>
    private static async Task<IReadOnlyList<BackupTable>> InOrderAsync(NpgsqlConnection connection, IReadOnlyList<BackupTable> tables, CancellationToken cancellationToken)
    {
        List<(string From, string To)> references = [];
        await using (var command = new NpgsqlCommand(
            "SELECT f.relname, t.relname FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid WHERE c.contype = 'f' AND f.relnamespace = current_schema()::regnamespace AND f.oid <> t.oid", connection))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                references.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        var left = tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        List<BackupTable> ordered = [];
        while (left.Count > 0)
        {
            var free = left.Values.Where(table => !references.Any(reference => reference.From == table.Name && left.ContainsKey(reference.To))).ToList();
            if (free.Count == 0)
            {
                throw new BackupException("its tables refer to each other in a circle");
            }

            foreach (var table in free)
            {
                left.Remove(table.Name);
                ordered.Add(table);
            }
        }

        return ordered;
    }

    private static async Task FillAsync(NpgsqlConnection connection, string staging, BackupTable table, CancellationToken cancellationToken)
    {
        // The names come out of a file.
        var name = Quoted(table.Name);
        await using (var clear = new NpgsqlCommand($"DELETE FROM {name}", connection))
        {
            await clear.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var rows = await connection.BeginRawBinaryCopyAsync($"COPY {name} ({string.Join(", ", table.Columns.Select(Quoted))}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            for (var number = 0; File.Exists(Path.Combine(staging, PostgreSqlBackupSource.PartName(table.Name, number))); number++)
            {
                await using var piece = File.OpenRead(Path.Combine(staging, PostgreSqlBackupSource.PartName(table.Name, number)));
                await piece.CopyToAsync(rows, cancellationToken);
            }
        }

        if (await PostgreSqlBackupSource.ScalarAsync<long>(connection, $"SELECT count(*) FROM {name}", cancellationToken) != table.Rows)
        {
            throw new BackupException($"its table {table.Name} has other rows than its manifest says");
        }

        if (table.Sequence is { } sequence)
        {
            await using var set = new NpgsqlCommand("SELECT setval($1::regclass, $2, $3)", connection);
            set.Parameters.Add(new() { Value = Quoted(sequence.Name) });
            set.Parameters.Add(new() { Value = sequence.Last });
            set.Parameters.Add(new() { Value = sequence.IsCalled });
            await set.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static string Quoted(string name) => $"\"{name.Trim('"').Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
