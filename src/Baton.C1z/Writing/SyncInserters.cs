using Baton.C1z.Rows;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Writing;

/// <summary>The prepared insertions of one sync, one a table, and grants twice: as connectors send them and as expansion makes them.</summary>
internal sealed class SyncInserters : IDisposable
{
    private const string ReplaceData = "data = excluded.data";

    private const string ReplaceGrant =
        """
        data = excluded.data, expansion = excluded.expansion, needs_expansion = CASE
            WHEN excluded.expansion IS NULL THEN 0
            WHEN v1_grants.expansion IS NULL OR v1_grants.expansion <> excluded.expansion THEN 1
            ELSE v1_grants.needs_expansion END
        """;

    private static readonly LoadedTable ResourceTypesTable =
        new("v1_resource_types", [], "idx_resource_types_external_sync_v1 ON v1_resource_types (external_id, sync_id)");

    private static readonly string[] GrantKeys =
    [
        "resource_type_id", "resource_id", "entitlement_id", "principal_resource_type_id", "principal_resource_id", "external_id", "data",
    ];

    public SyncInserters(SqliteDatabase database, string syncId)
    {
        ResourceTypes = new(database, ResourceTypesTable, syncId, ["external_id", "data"], ReplaceData);
        Resources = new(
            database,
            C1zSchema.Resources,
            syncId,
            ["resource_type_id", "external_id", "parent_resource_type_id", "parent_resource_id", "data"],
            ReplaceData);
        Entitlements = new(
            database, C1zSchema.Entitlements, syncId, ["resource_type_id", "resource_id", "external_id", "data"], ReplaceData);
        Grants = new(database, C1zSchema.Grants, syncId, [.. GrantKeys, "expansion", "needs_expansion"], ReplaceGrant);
        ExpandedGrants = new(database, C1zSchema.Grants, syncId, GrantKeys, ReplaceData);
    }

    public RowInserter ResourceTypes { get; }

    public RowInserter Resources { get; }

    public RowInserter Entitlements { get; }

    public RowInserter Grants { get; }

    public RowInserter ExpandedGrants { get; }

    public void BeginLoad()
    {
        Resources.BeginLoad();
        Entitlements.BeginLoad();
        Grants.BeginLoad();
    }

    public void Settle()
    {
        Resources.Settle();
        Entitlements.Settle();
        Grants.Settle();
    }

    public void Dispose()
    {
        ResourceTypes.Dispose();
        Resources.Dispose();
        Entitlements.Dispose();
        Grants.Dispose();
        ExpandedGrants.Dispose();
    }
}
