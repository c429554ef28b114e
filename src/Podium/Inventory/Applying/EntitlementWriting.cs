using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;

namespace Podium.Inventory.Applying;

/// <summary>How entitlements are stored.</summary>
internal sealed class EntitlementWriting(InventorySnapshot stored) : IRowWriting
{
    public BulkTable Insert { get; } = new(
        "app_entitlement",
        ("id", BulkType.Number), ("resource_id", BulkType.Number), ("display_name", BulkType.Text), ("slug", BulkType.Text),
        ("sort_name", BulkType.Text), ("search_text", BulkType.Text), ("description", BulkType.Text), ("purpose", BulkType.Text),
        ("rank", BulkType.Integer), ("is_privileged", BulkType.Flag), ("exclusion_group", BulkType.Text), ("grantable_to", BulkType.Text),
        ("is_placeholder", BulkType.Flag), ("hash", BulkType.Bytes), ("raw_hash", BulkType.Bytes), ("since", BulkType.Number),
        ("cause_id", BulkType.Number), ("app_id", BulkType.Number), ("connector_id", BulkType.Number), ("external_id", BulkType.Text),
        ("begun_at", BulkType.Number));

    public BulkTable Update { get; } = new(
        "app_entitlement",
        ("id", BulkType.Number), ("resource_id", BulkType.Number), ("display_name", BulkType.Text), ("slug", BulkType.Text),
        ("sort_name", BulkType.Text), ("search_text", BulkType.Text), ("description", BulkType.Text), ("purpose", BulkType.Text),
        ("rank", BulkType.Integer), ("is_privileged", BulkType.Flag), ("exclusion_group", BulkType.Text), ("grantable_to", BulkType.Text),
        ("is_placeholder", BulkType.Flag), ("hash", BulkType.Bytes), ("raw_hash", BulkType.Bytes), ("since", BulkType.Number),
        ("cause_id", BulkType.Number), ("deleted_at", BulkType.Number), ("deleted_cause_id", BulkType.Number));

    public BulkTable Touch { get; } = new("app_entitlement", ("id", BulkType.Number), ("raw_hash", BulkType.Bytes));

    public KnownRows Rows => stored.Entitlements;

    public StoredTable FileTable => StoredTable.Entitlements;

    public string PastTable => "app_entitlement_past";

    public string PastKey => "entitlement_id";

    public string VersionColumns
        => "app_id, resource_id, display_name, slug, sort_name, search_text, description, purpose, rank, is_privileged, exclusion_group, "
            + "grantable_to, is_placeholder, since, cause_id";

    public bool ReturnsAsTheSame => true;

    public void WriteInsert(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        WriteVersion(row, known, data, externalId, stamp);
        row.Set(stamp.AppId).Set(stamp.ConnectorId).Set(externalId).Set(stamp.At.Microseconds).End();
    }

    public void WriteUpdate(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        WriteVersion(row, known, data, externalId, stamp);
        row.SetNull().SetNull().End();
    }

    public void WriteTouch(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data) => row.Set(known.Id).Set(RowHash.ToBytes(known.FileRawHash)).End();

    private void WriteVersion(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        var isPlaceholder = data.IsEmpty;
        var draft = isPlaceholder ? EntitlementDraft.Placeholder(externalId) : EntitlementDraft.Of(Entitlement.Parser.ParseFrom(data));
        row.Set(known.Id).Set(stored.Resources[known.Resource].Id).Set(draft.DisplayName).Set(draft.Slug).Set(draft.SortName)
            .Set(draft.SearchText).Set(draft.Description).Set(draft.Purpose).Set((long)draft.Rank).Set(draft.IsPrivileged)
            .Set(draft.ExclusionGroup).Set(draft.GrantableTo).Set(isPlaceholder)
            .Set(RowHash.ToBytes(isPlaceholder ? default : draft.HashWith(stored.Hash))).Set(RowHash.ToBytes(known.FileRawHash))
            .Set(stamp.At.Microseconds).Set(stamp.CauseId);
    }
}
