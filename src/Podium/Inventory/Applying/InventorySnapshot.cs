using System.Text;
using System.Text.Json;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>
/// What is stored of a connector, read in one transaction, in the form that a file is compared with: keys and hashes, and nothing of what
/// people read. Grants are read later, if they are needed at all.
/// </summary>
internal sealed class InventorySnapshot
{
    private InventorySnapshot(Connector connector, InventoryState state)
    {
        Connector = connector;
        Hash = new(state.HashSeed);
        GrantsDigest = state.GrantsDigest is { } digest ? RowHash.FromBytes(digest) : null;
        Selected = connector.SelectedTypes is { } types ? JsonSerializer.Deserialize<HashSet<string>>(types) : null;
    }

    public Connector Connector { get; }

    public RowHash Hash { get; }

    /// <summary>Null when the grants have to be compared one by one.</summary>
    public UInt128? GrantsDigest { get; }

    public List<KnownType> Types { get; } = [];

    public KnownRows Resources { get; } = new();

    public KnownRows Accounts { get; } = new();

    public KnownRows Entitlements { get; } = new();

    public GrantOrigins Origins { get; } = new();

    private HashSet<string>? Selected { get; }

    public static async Task<InventorySnapshot> LoadAsync(
        PodiumContext context, Connector connector, InventoryState state, SyncReader reader, SyncStats counted, CancellationToken cancellationToken)
    {
        var snapshot = new InventorySnapshot(connector, state);
        // What is stored, and what the file holds, is mostly as much.
        snapshot.Accounts.Expect((int)reader.ResourceTypes()
            .Where(type => type.Traits.Contains(ResourceType.Types.Trait.User)).Sum(type => counted.ResourcesByType.GetValueOrDefault(type.Id)));
        snapshot.Entitlements.Expect((int)counted.Entitlements);
        await snapshot.LoadTypesAsync(context, cancellationToken);
        var types = new Dictionary<long, int>();
        for (var index = 0; index < snapshot.Types.Count; index++)
        {
            types[snapshot.Types[index].Id] = index;
        }

        var resources = await snapshot.LoadResourcesAsync(context, types, cancellationToken);
        await snapshot.LoadAccountsAsync(context, types, cancellationToken);
        await snapshot.LoadEntitlementsAsync(context, resources, cancellationToken);
        await snapshot.Origins.LoadAsync(context, connector.Id, cancellationToken);
        return snapshot;
    }

    public bool IsSelected(string type) => Selected?.Contains(type) ?? true;

    private async Task LoadTypesAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        const string sql = "SELECT id, external_id, display_name, description, traits, stale_since, deleted_at, is_placeholder FROM app_resource_type WHERE connector_id = @connector";
        await foreach (var row in context.RowsAsync(sql, [("@connector", Connector.Id)], cancellationToken))
        {
            var id = row.GetString(1);
            Types.Add(new()
            {
                Id = row.GetInt64(0),
                ExternalId = id,
                Utf8 = Encoding.UTF8.GetBytes(id),
                DisplayName = row.GetString(2),
                Description = row.GetString(3),
                Traits = row.GetString(4),
                StaleSince = row.MomentOrNull(5),
                IsDeleted = !row.IsDBNull(6),
                IsPlaceholder = row.GetBoolean(7),
                IsSelected = IsSelected(id),
            });
        }
    }

    private async Task<Dictionary<long, int>> LoadResourcesAsync(PodiumContext context, Dictionary<long, int> types, CancellationToken cancellationToken)
    {
        const string sql = "SELECT id, type_id, external_id, hash, raw_hash, since, deleted_at, parent_id, is_placeholder FROM app_resource WHERE connector_id = @connector";
        var byId = new Dictionary<long, int>();
        await foreach (var row in context.RowsAsync(sql, [("@connector", Connector.Id)], cancellationToken))
        {
            var type = types[row.GetInt64(1)];
            byId[row.GetInt64(0)] = Resources.Load(new()
            {
                Key = Hash.Key(Types[type].ExternalId, row.GetString(2)),
                Id = row.GetInt64(0),
                Type = type,
                Hash = RowHash.FromBytes(row.GetFieldValue<byte[]>(3)),
                RawHash = RowHash.FromBytes(row.GetFieldValue<byte[]>(4)),
                Since = row.GetInt64(5),
                DeletedAt = row.IsDBNull(6) ? 0 : row.GetInt64(6),
                LinkId = row.IsDBNull(7) ? 0 : row.GetInt64(7),
                Mark = row.GetBoolean(8) ? RowMark.WasPlaceholder : RowMark.None,
            });
        }

        return byId;
    }

    private async Task LoadAccountsAsync(PodiumContext context, Dictionary<long, int> types, CancellationToken cancellationToken)
    {
        const string sql =
            "SELECT id, type_id, external_id, hash, raw_hash, since, deleted_at, incarnation, is_placeholder, kind = 'Group' FROM app_account "
            + "WHERE connector_id = @connector ORDER BY incarnation";
        await foreach (var row in context.RowsAsync(sql, [("@connector", Connector.Id)], cancellationToken))
        {
            var type = types[row.GetInt64(1)];
            Accounts.Load(new()
            {
                Key = Hash.Key(Types[type].ExternalId, row.GetString(2)),
                Id = row.GetInt64(0),
                Type = type,
                Hash = RowHash.FromBytes(row.GetFieldValue<byte[]>(3)),
                RawHash = RowHash.FromBytes(row.GetFieldValue<byte[]>(4)),
                Since = row.GetInt64(5),
                DeletedAt = row.IsDBNull(6) ? 0 : row.GetInt64(6),
                Incarnation = row.GetInt32(7),
                Mark = (row.GetBoolean(8) ? RowMark.WasPlaceholder : RowMark.None) | (row.GetBoolean(9) ? RowMark.WasMirror : RowMark.None),
            });
        }
    }

    private async Task LoadEntitlementsAsync(PodiumContext context, Dictionary<long, int> resources, CancellationToken cancellationToken)
    {
        const string sql =
            "SELECT id, resource_id, external_id, hash, raw_hash, since, deleted_at, is_placeholder, is_privileged FROM app_entitlement "
            + "WHERE connector_id = @connector";
        await foreach (var row in context.RowsAsync(sql, [("@connector", Connector.Id)], cancellationToken))
        {
            var resource = resources[row.GetInt64(1)];
            Entitlements.Load(new()
            {
                Key = Hash.Key("", row.GetString(2)),
                Id = row.GetInt64(0),
                Resource = resource,
                LinkId = row.GetInt64(1),
                Type = Resources[resource].Type,
                Hash = RowHash.FromBytes(row.GetFieldValue<byte[]>(3)),
                RawHash = RowHash.FromBytes(row.GetFieldValue<byte[]>(4)),
                Since = row.GetInt64(5),
                DeletedAt = row.IsDBNull(6) ? 0 : row.GetInt64(6),
                Mark = (row.GetBoolean(7) ? RowMark.WasPlaceholder : RowMark.None) | (row.GetBoolean(8) ? RowMark.IsPrivileged : RowMark.None),
            });
        }
    }
}
