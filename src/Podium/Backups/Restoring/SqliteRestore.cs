using Microsoft.Data.Sqlite;
using Podium.Data;
using Podium.Freezing;

namespace Podium.Backups.Restoring;

/// <summary>Makes the copied file the database of a server: looked through, frozen, and in the journal mode in which it is worked with.</summary>
internal static class SqliteRestore
{
    /// <exception cref="BackupException">The file is damaged, or of a later version.</exception>
    public static async Task PrepareAsync(string path, BackupManifest manifest, Restoration restoration, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new BackupException("it has no database");
        }

        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            if (await ScalarAsync(connection, "PRAGMA quick_check(1)", cancellationToken) is not "ok")
            {
                throw new BackupException("its database is damaged");
            }

            var tables = await SqliteBackupSource.CountAsync(path, cancellationToken);
            if (!tables.Select(table => (table.Name, table.Rows)).SequenceEqual(manifest.Tables.Select(table => (table.Name, table.Rows))))
            {
                throw new BackupException("its database has other rows than its manifest says");
            }

            await using var freeze = connection.CreateCommand();
            freeze.CommandText = "INSERT OR REPLACE INTO server_value (name, value) VALUES ($name, $value)";
            freeze.Parameters.AddWithValue("$name", Restoration.Name);
            freeze.Parameters.AddWithValue("$value", restoration.ToText());
            await freeze.ExecuteNonQueryAsync(cancellationToken);
            await ScalarAsync(connection, "PRAGMA journal_mode = wal", cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new BackupException($"its database is damaged: {failure.Message}");
        }
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
