using Baton.C1z.Sqlite;

namespace Baton.C1z.Schema;

/// <summary>
/// The tables and indexes of a v1 file, names and definitions as every reader expects them, the swapped pair on
/// <c>v1_resources</c> included. Source: docs/c1z-format.md.
/// </summary>
internal static class C1zSchema
{
    /// <summary>The tables that hold rows of a sync, in the order in which a sync is deleted. <c>v1_sync_runs</c> goes last.</summary>
    public static readonly string[] SyncTables =
    [
        "v1_resource_types", "v1_resources", "v1_entitlements", "v1_grants", "v1_assets", "v1_connector_sessions",
    ];

    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS v1_resource_types (
            id integer primary key, external_id text not null, data blob not null, sync_id text not null, discovered_at datetime not null);
        CREATE TABLE IF NOT EXISTS v1_resources (
            id integer primary key, resource_type_id text not null, external_id text not null, parent_resource_type_id text,
            parent_resource_id text, data blob not null, sync_id text not null, discovered_at datetime not null);
        CREATE TABLE IF NOT EXISTS v1_entitlements (
            id integer primary key, resource_type_id text not null, resource_id text not null, external_id text not null,
            data blob not null, sync_id text not null, discovered_at datetime not null);
        CREATE TABLE IF NOT EXISTS v1_sync_runs (
            id integer primary key, sync_id text not null, started_at datetime not null, ended_at datetime, sync_token text not null,
            sync_type text not null default 'full', parent_sync_id text not null default '', linked_sync_id text not null default '',
            supports_diff integer not null default 0, grants_backfilled integer not null default 0, stats text,
            ingest_invariant_generation text not null default '', ingest_invariant_coverage text not null default '',
            ingest_invariant_mode text not null default '');
        CREATE TABLE IF NOT EXISTS v1_grants (
            id integer primary key, resource_type_id text not null, resource_id text not null, entitlement_id text not null,
            principal_resource_type_id text not null, principal_resource_id text not null, external_id text not null,
            expansion blob, needs_expansion integer not null default 0, data blob not null, sync_id text not null,
            discovered_at datetime not null);
        CREATE TABLE IF NOT EXISTS v1_assets (
            id integer primary key, external_id text not null, content_type text not null, data blob not null, sync_id text not null,
            discovered_at datetime not null);
        CREATE TABLE IF NOT EXISTS v1_connector_sessions (
            id integer primary key, sync_id text not null, key text not null, value blob not null);
        """;

    private const string SmallIndexes =
        """
        CREATE UNIQUE INDEX IF NOT EXISTS idx_resource_types_external_sync_v1 ON v1_resource_types (external_id, sync_id);
        CREATE UNIQUE INDEX IF NOT EXISTS idx_sync_runs_sync_id_v1 ON v1_sync_runs (sync_id);
        CREATE UNIQUE INDEX IF NOT EXISTS idx_assets_external_sync_v1 ON v1_assets (external_id, sync_id);
        CREATE UNIQUE INDEX IF NOT EXISTS idx_session_store_sync_key_v1 ON v1_connector_sessions (sync_id, key);
        """;

    public static LoadedTable Resources { get; } = new(
        "v1_resources",
        [
            "idx_resources_resource_type_id_v1 ON v1_resources (resource_type_id)",
            "idx_resources_external_sync_v1 ON v1_resources (parent_resource_type_id, parent_resource_id)",
        ],
        "idx_resources_parent_resource_id_v1 ON v1_resources (external_id, sync_id)");

    public static LoadedTable Entitlements { get; } = new(
        "v1_entitlements",
        ["idx_entitlements_resource_id_v1 ON v1_entitlements (resource_type_id, resource_id)"],
        "idx_entitlements_external_sync_v1 ON v1_entitlements (external_id, sync_id)");

    public static LoadedTable Grants { get; } = new(
        "v1_grants",
        [
            "idx_grants_resource_type_id_resource_id_v1 ON v1_grants (resource_type_id, resource_id)",
            "idx_grants_principal_id_v1 ON v1_grants (principal_resource_type_id, principal_resource_id)",
            "idx_grants_entitlement_id_principal_id_v1 ON v1_grants (entitlement_id, principal_resource_type_id, principal_resource_id)",
            "idx_grants_entitlement_sync_grant_v1 ON v1_grants (entitlement_id, sync_id, id)",
            "idx_grants_sync_expansion_v1 ON v1_grants (sync_id) WHERE expansion IS NOT NULL",
            "idx_grants_sync_needs_expansion_v1 ON v1_grants (sync_id) WHERE needs_expansion = 1",
        ],
        "idx_grants_external_sync_v1 ON v1_grants (external_id, sync_id)");

    /// <summary>Names something that no writer of this format makes, and that could run code of a stranger's; null when there is nothing.</summary>
    public static string? FindForeign(SqliteDatabase database)
        => database.Scalar(
            "SELECT CASE type WHEN 'table' THEN 'virtual table' ELSE type END || ' ' || name FROM sqlite_schema "
            + "WHERE type NOT IN ('table', 'index') OR type = 'table' AND ifnull(rootpage, 0) = 0 LIMIT 1");

    /// <summary>Makes the tables and columns that queries name. It takes no time, however large the file is.</summary>
    public static void CreateMissing(SqliteDatabase database)
    {
        database.Execute(Tables);
        SchemaMigration.AddMissingColumns(database);
    }

    /// <summary>Makes whatever is missing, then adds the columns that older writers did not know.</summary>
    public static void CreateOrMigrate(SqliteDatabase database)
    {
        CreateMissing(database);
        database.Execute(SmallIndexes);
        Resources.CreateIndexes(database);
        Entitlements.CreateIndexes(database);
        Grants.CreateIndexes(database);

        SchemaMigration.MoveExpansions(database);
    }
}

/// <summary>
/// A table that can grow large. Its <paramref name="Indexes"/> and its one unique index, given as definitions, can be dropped for a load
/// and built after it.
/// </summary>
internal sealed record LoadedTable(string Name, IReadOnlyList<string> Indexes, string UniqueIndex)
{
    public void CreateIndexes(SqliteDatabase database)
    {
        CreateUniqueIndex(database);
        foreach (var index in Indexes)
        {
            database.Execute($"CREATE INDEX IF NOT EXISTS {index}");
        }
    }

    public void CreateUniqueIndex(SqliteDatabase database) => database.Execute($"CREATE UNIQUE INDEX IF NOT EXISTS {UniqueIndex}");

    public void DropIndexes(SqliteDatabase database)
    {
        foreach (var definition in Indexes.Append(UniqueIndex))
        {
            database.Execute($"DROP INDEX IF EXISTS {definition[..definition.IndexOf(' ', StringComparison.Ordinal)]}");
        }
    }
}
