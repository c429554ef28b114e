using System.Buffers;
using System.Text;
using System.Text.Json;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Syncs;

/// <summary>How many rows of each kind a sync holds. In JSON as <c>c1.reader.v2.SyncStats</c>, zeros and empty maps left out.</summary>
public sealed record SyncStats
{
    public long ResourceTypes { get; init; }

    public long Resources { get; init; }

    public long Entitlements { get; init; }

    public long Grants { get; init; }

    public long Assets { get; init; }

    /// <summary>By resource type, every type of the sync listed, also those without resources.</summary>
    public IReadOnlyDictionary<string, long> ResourcesByType { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>By the type of the resource that the entitlement is on; only types that have some.</summary>
    public IReadOnlyDictionary<string, long> EntitlementsByType { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>By the type of the resource that access is granted to; only types that have some.</summary>
    public IReadOnlyDictionary<string, long> GrantsByType { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    internal static SyncStats Count(SqliteDatabase database, SyncRun run)
    {
        var resources = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using (var types = database.Prepare("SELECT external_id FROM v1_resource_types WHERE sync_id = ?1"))
        {
            types.Bind(1, run.Id);
            while (types.Step())
            {
                resources[types.Text(0)] = 0;
            }
        }

        var typeCount = resources.Count;
        foreach (var (type, count) in CountByType(database, "v1_resources", run.Id))
        {
            resources[type] = count;
        }

        var withAccess = run.Type != SyncType.ResourcesOnly;
        var entitlements = withAccess ? CountByType(database, "v1_entitlements", run.Id) : [];
        var grants = withAccess ? CountByType(database, "v1_grants", run.Id) : [];
        return new()
        {
            ResourceTypes = typeCount,
            Resources = resources.Values.Sum(),
            Entitlements = entitlements.Values.Sum(),
            Grants = grants.Values.Sum(),
            Assets = long.Parse(database.Scalar("SELECT count(*) FROM v1_assets WHERE sync_id = ?1", run.Id) ?? "0"),
            ResourcesByType = resources,
            EntitlementsByType = entitlements,
            GrantsByType = grants,
        };
    }

    internal string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "resource_types", ResourceTypes);
            Write(json, "resources", Resources);
            Write(json, "entitlements", Entitlements);
            Write(json, "grants", Grants);
            Write(json, "assets", Assets);
            Write(json, "resources_by_resource_type", ResourcesByType);
            Write(json, "grants_by_resource_type", GrantsByType);
            Write(json, "entitlements_by_resource_type", EntitlementsByType);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static SortedDictionary<string, long> CountByType(SqliteDatabase database, string table, string syncId)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var rows = database.Prepare($"SELECT resource_type_id, count(*) FROM {table} WHERE sync_id = ?1 GROUP BY resource_type_id");
        rows.Bind(1, syncId);
        while (rows.Step())
        {
            counts[rows.Text(0)] = rows.Int64(1);
        }

        return counts;
    }

    private static void Write(Utf8JsonWriter json, string name, long number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (type, count) in counts)
        {
            json.WriteNumber(type, count);
        }

        json.WriteEndObject();
    }
}
