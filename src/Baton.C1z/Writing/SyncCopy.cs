using Baton.C1z.Schema;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Writing;

/// <summary>Copies the rows of one sync from a database into a new one, in their order, and brings the new one to the current schema.</summary>
internal static class SyncCopy
{
    /// <param name="source">Not open anywhere, and with all columns that the schema has.</param>
    public static void Write(string source, string target, string syncId)
    {
        using var database = SqliteDatabase.Open(target);

        // A copy that fails is thrown away.
        database.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096; PRAGMA temp_store = FILE");
        database.Execute("ATTACH ?1 AS source", source);
        database.Execute("BEGIN");
        C1zSchema.CreateMissing(database);
        foreach (var table in C1zSchema.SyncTables.Append("v1_sync_runs"))
        {
            var columns = string.Join(", ", Columns(database, table));
            database.Execute($"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table} WHERE sync_id = ?1 ORDER BY id", syncId);
        }

        C1zSchema.CreateOrMigrate(database);
        database.Execute("COMMIT");
    }

    // The new database has exactly ours: whatever else a source has stays behind.
    internal static List<string> Columns(SqliteDatabase database, string table)
    {
        using var rows = database.Prepare("SELECT name FROM pragma_table_info(?1, 'main')");
        rows.BindAll([table]);
        var names = new List<string>();
        while (rows.Step())
        {
            names.Add(rows.Text(0));
        }

        return names;
    }
}
