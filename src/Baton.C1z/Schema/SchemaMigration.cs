using Baton.C1z.Rows;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Schema;

/// <summary>Brings the working copy of a file from an older writer to the current schema. The file itself is never touched by it.</summary>
internal static class SchemaMigration
{
    private static readonly (string Table, string Column, string Definition)[] LaterColumns =
    [
        ("v1_sync_runs", "sync_type", "text not null default 'full'"),
        ("v1_sync_runs", "parent_sync_id", "text not null default ''"),
        ("v1_sync_runs", "linked_sync_id", "text not null default ''"),
        ("v1_sync_runs", "supports_diff", "integer not null default 0"),
        ("v1_sync_runs", "grants_backfilled", "integer not null default 0"),
        ("v1_sync_runs", "stats", "text"),
        ("v1_sync_runs", "ingest_invariant_generation", "text not null default ''"),
        ("v1_sync_runs", "ingest_invariant_coverage", "text not null default ''"),
        ("v1_sync_runs", "ingest_invariant_mode", "text not null default ''"),
        ("v1_grants", "expansion", "blob"),
        ("v1_grants", "needs_expansion", "integer not null default 0"),
    ];

    public static void AddMissingColumns(SqliteDatabase database)
    {
        foreach (var table in LaterColumns.GroupBy(column => column.Table, StringComparer.Ordinal))
        {
            var present = ColumnsOf(database, table.Key);
            foreach (var (_, column, definition) in table.Where(column => !present.Contains(column.Column)))
            {
                database.Execute($"ALTER TABLE {table.Key} ADD COLUMN {column} {definition}");
            }
        }
    }

    /// <summary>
    /// Syncs of older writers keep what makes a grant expandable inside its message. Moves it to the column where it is looked for,
    /// and marks the sync as done.
    /// </summary>
    public static void MoveExpansions(SqliteDatabase database)
    {
        if (database.Scalar("SELECT 1 FROM v1_sync_runs WHERE grants_backfilled = 0 LIMIT 1") is null)
        {
            return;
        }

        using (var select = database.Prepare(
            "SELECT id, data FROM v1_grants WHERE expansion IS NULL AND id > ? AND sync_id IN "
            + "(SELECT sync_id FROM v1_sync_runs WHERE grants_backfilled = 0) ORDER BY id LIMIT 1000"))
        using (var update = database.Prepare("UPDATE v1_grants SET expansion = ?1, needs_expansion = ?1 IS NOT NULL, data = ?2 WHERE id = ?3"))
        {
            for (long last = 0; MovePage(select, update, ref last);)
            {
            }
        }

        database.Execute("UPDATE v1_sync_runs SET grants_backfilled = 1 WHERE grants_backfilled = 0");
    }

    private static bool MovePage(SqliteStatement select, SqliteStatement update, ref long last)
    {
        select.Bind(1, last);
        var moved = new List<(long Id, GrantExpansion.Split Grant)>();
        var any = false;
        while (select.Step())
        {
            any = true;
            last = select.Int64(0);
            if (GrantExpansion.TryExtract(select.Blob(1)) is { } grant)
            {
                moved.Add((last, grant));
            }
        }

        select.Reset();
        foreach (var (id, grant) in moved)
        {
            if (grant.Expansion is { } expansion)
            {
                update.BindBlob(1, expansion);
            }
            else
            {
                update.BindNull(1);
            }

            update.BindBlob(2, grant.Data);
            update.Bind(3, id);
            update.Run();
        }

        return any;
    }

    private static HashSet<string> ColumnsOf(SqliteDatabase database, string table)
    {
        using var columns = database.Prepare("SELECT name FROM pragma_table_info(?)");
        columns.Bind(1, table);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (columns.Step())
        {
            names.Add(columns.Text(0));
        }

        return names;
    }
}
