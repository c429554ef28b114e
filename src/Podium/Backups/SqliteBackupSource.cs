using Microsoft.Data.Sqlite;
using Podium.Data;

namespace Podium.Backups;

/// <summary>
/// A copy of the file by <c>VACUUM INTO</c>, which reads as of one moment and keeps nobody from writing. The copy is in journal mode DELETE: one file,
/// that opens also where nothing may be written.
/// </summary>
internal sealed class SqliteBackupSource(Database database, string folder) : IBackupSource
{
    public const string PartName = "database/podium.db";

    public async Task<IReadOnlyList<BackupTable>> WriteAsync(BackupWriter archive, CancellationToken cancellationToken)
    {
        // In the folder of the database itself: nobody sees more than he could see there, and there is room for it, or there is none for the database.
        var path = Path.Combine(folder, $"backup-{Guid.NewGuid():N}.tmp");
        try
        {
            // VACUUM takes an empty file, and would make one that others may read.
            await using (new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
            }

            await CopyAsync(path, cancellationToken);
            var tables = await CountAsync(path, cancellationToken);
            await archive.AddFileAsync(PartName, path, cancellationToken);
            return tables;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Removes what a killed process left.</summary>
    public static void Sweep(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "backup-*.tmp"))
        {
            File.Delete(path);
        }
    }

    /// <summary>The rows of each table of ours in a file.</summary>
    public static async Task<IReadOnlyList<BackupTable>> CountAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        List<string> names = [];
        await using (var list = connection.CreateCommand())
        {
            // Those of the search index are made from others.
            list.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'app_account_search%' ORDER BY name";
            await using var rows = await list.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                names.Add(rows.GetString(0));
            }
        }

        List<BackupTable> tables = [];
        foreach (var name in names)
        {
            await using var count = connection.CreateCommand();
            count.CommandText = $"SELECT count(*) FROM \"{name}\"";
            tables.Add(new(name, (long)(await count.ExecuteScalarAsync(cancellationToken))!, [], null));
        }

        return tables;
    }

    private async Task CopyAsync(string path, CancellationToken cancellationToken)
    {
        var options = new SqliteConnectionStringBuilder(database.Options.ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(options.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var copy = connection.CreateCommand();
        copy.CommandText = "VACUUM INTO $path";
        copy.Parameters.AddWithValue("$path", path);
        copy.CommandTimeout = 0;
        await copy.ExecuteNonQueryAsync(cancellationToken);
    }
}
