using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.C1z.Merging;

/// <summary>A table whose rows are copied between syncs: all but the sessions of connectors, which end with their sync.</summary>
/// <param name="Name">In the schema.</param>
/// <param name="Loaded">Its indexes, when it can grow large.</param>
/// <param name="Parser">Of its messages; null when its data are none.</param>
internal sealed record MergeTable(string Name, LoadedTable? Loaded, MessageParser? Parser)
{
    public static readonly IReadOnlyList<MergeTable> All =
    [
        new("v1_resource_types", null, ResourceType.Parser),
        new("v1_resources", C1zSchema.Resources, Resource.Parser),
        new("v1_entitlements", C1zSchema.Entitlements, Entitlement.Parser),
        new("v1_grants", C1zSchema.Grants, Grant.Parser),
        new("v1_assets", null, null),
    ];

    /// <summary>What is copied of a row: everything but its number and its sync.</summary>
    public IReadOnlyList<string> Columns(SqliteDatabase database)
        => [.. SyncCopy.Columns(database, Name).Where(column => column is not ("id" or "sync_id"))];

    /// <summary>What makes a row another one than a row of the same id, beside its message.</summary>
    public IReadOnlyList<string> Keys(SqliteDatabase database)
        => [.. Columns(database).Where(column => column is not ("external_id" or "data" or "discovered_at" or "needs_expansion"))];
}
