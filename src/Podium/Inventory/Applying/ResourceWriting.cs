using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;

namespace Podium.Inventory.Applying;

/// <summary>How resources are stored.</summary>
internal sealed class ResourceWriting(InventorySnapshot stored, SyncComparison comparison) : IRowWriting
{
    public BulkTable Insert { get; } = new(
        "app_resource",
        ("id", BulkType.Number), ("parent_id", BulkType.Number), ("display_name", BulkType.Text), ("sort_name", BulkType.Text),
        ("search_text", BulkType.Text), ("description", BulkType.Text), ("profile", BulkType.Text), ("is_placeholder", BulkType.Flag),
        ("secret_owner", BulkType.Text), ("secret_created_at", BulkType.Number), ("secret_expires_at", BulkType.Number),
        ("secret_last_used_at", BulkType.Number), ("hash", BulkType.Bytes), ("raw_hash", BulkType.Bytes), ("since", BulkType.Number),
        ("cause_id", BulkType.Number), ("app_id", BulkType.Number), ("connector_id", BulkType.Number), ("type_id", BulkType.Number),
        ("external_id", BulkType.Text), ("begun_at", BulkType.Number));

    public BulkTable Update { get; } = new(
        "app_resource",
        ("id", BulkType.Number), ("parent_id", BulkType.Number), ("display_name", BulkType.Text), ("sort_name", BulkType.Text),
        ("search_text", BulkType.Text), ("description", BulkType.Text), ("profile", BulkType.Text), ("is_placeholder", BulkType.Flag),
        ("secret_owner", BulkType.Text), ("secret_created_at", BulkType.Number), ("secret_expires_at", BulkType.Number),
        ("secret_last_used_at", BulkType.Number), ("hash", BulkType.Bytes), ("raw_hash", BulkType.Bytes), ("since", BulkType.Number),
        ("cause_id", BulkType.Number), ("deleted_at", BulkType.Number), ("deleted_cause_id", BulkType.Number));

    public BulkTable Touch { get; } = new(
        "app_resource", ("id", BulkType.Number), ("raw_hash", BulkType.Bytes), ("secret_last_used_at", BulkType.Number));

    public KnownRows Rows => stored.Resources;

    public StoredTable FileTable => StoredTable.Resources;

    public string PastTable => "app_resource_past";

    public string PastKey => "resource_id";

    public string VersionColumns
        => "app_id, parent_id, display_name, sort_name, search_text, description, profile, is_placeholder, secret_owner, secret_created_at, "
            + "secret_expires_at, since, cause_id";

    public bool ReturnsAsTheSame => true;

    public void WriteInsert(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        WriteVersion(row, known, data, externalId, stamp);
        row.Set(stamp.AppId).Set(stamp.ConnectorId).Set(stored.Types[known.Type].Id).Set(externalId).Set(stamp.At.Microseconds).End();
    }

    public void WriteUpdate(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        WriteVersion(row, known, data, externalId, stamp);
        row.SetNull().SetNull().End();
    }

    public void WriteTouch(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data)
    {
        var draft = ResourceDraft.Of(Resource.Parser.ParseFrom(data));
        row.Set(known.Id).Set(RowHash.ToBytes(known.FileRawHash)).Set(draft.SecretLastUsedAt?.Microseconds).End();
    }

    private void WriteVersion(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        var isPlaceholder = data.IsEmpty;
        var draft = isPlaceholder
            ? ResourceDraft.Placeholder(stored.Types[known.Type].ExternalId, externalId)
            : ResourceDraft.Of(Resource.Parser.ParseFrom(data));
        var parent = comparison.ParentOf(known);
        row.Set(known.Id).Set(parent < 0 ? null : (long?)stored.Resources[parent].Id)
            .Set(draft.DisplayName).Set(draft.SortName).Set(draft.SearchText).Set(draft.Description).Set(draft.Profile).Set(isPlaceholder)
            .SetOrNull(draft.SecretOwner).Set(draft.SecretCreatedAt?.Microseconds).Set(draft.SecretExpiresAt?.Microseconds)
            .Set(draft.SecretLastUsedAt?.Microseconds)
            .Set(RowHash.ToBytes(isPlaceholder ? default : draft.HashWith(stored.Hash))).Set(RowHash.ToBytes(known.FileRawHash))
            .Set(stamp.At.Microseconds).Set(stamp.CauseId);
    }
}
