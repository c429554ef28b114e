namespace Baton.C1z.Tests.Support;

/// <summary>Tables, columns and indexes of a database, as facts in lines: what its statements mean, not how they are spelled.</summary>
internal static class DatabaseShape
{
    /// <summary>The shape of every file that this library writes. Source: docs/c1z-format.md.</summary>
    public static IReadOnlyList<string> OfANewFile { get; } =
    [
        "v1_assets: id integer key, external_id text not null, content_type text not null, data blob not null, sync_id text not null, discovered_at datetime not null",
        "v1_connector_sessions: id integer key, sync_id text not null, key text not null, value blob not null",
        "v1_entitlements: id integer key, resource_type_id text not null, resource_id text not null, external_id text not null, data blob not null, sync_id text not null, discovered_at datetime not null",
        "v1_grants: id integer key, resource_type_id text not null, resource_id text not null, entitlement_id text not null, principal_resource_type_id text not null, principal_resource_id text not null, external_id text not null, expansion blob, needs_expansion integer not null default 0, data blob not null, sync_id text not null, discovered_at datetime not null",
        "v1_resource_types: id integer key, external_id text not null, data blob not null, sync_id text not null, discovered_at datetime not null",
        "v1_resources: id integer key, resource_type_id text not null, external_id text not null, parent_resource_type_id text, parent_resource_id text, data blob not null, sync_id text not null, discovered_at datetime not null",
        "v1_sync_runs: id integer key, sync_id text not null, started_at datetime not null, ended_at datetime, sync_token text not null, sync_type text not null default 'full', parent_sync_id text not null default '', linked_sync_id text not null default '', supports_diff integer not null default 0, grants_backfilled integer not null default 0, stats text, ingest_invariant_generation text not null default '', ingest_invariant_coverage text not null default '', ingest_invariant_mode text not null default ''",
        "idx_assets_external_sync_v1: unique v1_assets (external_id, sync_id)",
        "idx_entitlements_external_sync_v1: unique v1_entitlements (external_id, sync_id)",
        "idx_entitlements_resource_id_v1: v1_entitlements (resource_type_id, resource_id)",
        "idx_grants_entitlement_id_principal_id_v1: v1_grants (entitlement_id, principal_resource_type_id, principal_resource_id)",
        "idx_grants_entitlement_sync_grant_v1: v1_grants (entitlement_id, sync_id, id)",
        "idx_grants_external_sync_v1: unique v1_grants (external_id, sync_id)",
        "idx_grants_principal_id_v1: v1_grants (principal_resource_type_id, principal_resource_id)",
        "idx_grants_resource_type_id_resource_id_v1: v1_grants (resource_type_id, resource_id)",
        "idx_grants_sync_expansion_v1: v1_grants (sync_id) where expansion is not null",
        "idx_grants_sync_needs_expansion_v1: v1_grants (sync_id) where needs_expansion = 1",
        "idx_resource_types_external_sync_v1: unique v1_resource_types (external_id, sync_id)",
        "idx_resources_external_sync_v1: v1_resources (parent_resource_type_id, parent_resource_id)",
        "idx_resources_parent_resource_id_v1: unique v1_resources (external_id, sync_id)",
        "idx_resources_resource_type_id_v1: v1_resources (resource_type_id)",
        "idx_session_store_sync_key_v1: unique v1_connector_sessions (sync_id, key)",
        "idx_sync_runs_sync_id_v1: unique v1_sync_runs (sync_id)",
    ];

    public static List<string> Of(RawFile file) =>
    [
        .. file.Query(
            """
            SELECT t.name || ': ' || group_concat(
                c.name || ' ' || lower(c.type) || iif(c.pk, ' key', '') || iif(c."notnull", ' not null', '')
                    || ifnull(' default ' || c.dflt_value, ''), ', ' ORDER BY c.cid)
            FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name
            """),
        .. file.Query(
            """
            SELECT i.name || ': ' || iif(l."unique", 'unique ', '') || i.tbl_name || ' ('
                || (SELECT group_concat(x.name, ', ' ORDER BY x.seqno) FROM pragma_index_info(i.name) AS x) || ')'
                || iif(l.partial, lower(substr(i.sql, instr(lower(i.sql), ' where '))), '')
            FROM sqlite_schema AS i JOIN pragma_index_list(i.tbl_name) AS l ON l.name = i.name WHERE i.type = 'index' ORDER BY i.name
            """),
    ];
}
