using Baton.C1z.Reading;
using Baton.Evidence.Accounts;
using Baton.Protocol.Connector.V2;

namespace Podium.Inventory.Applying;

/// <summary>How accounts are stored.</summary>
internal sealed class AccountWriting(InventorySnapshot stored, AccountReading reading) : IRowWriting
{
    public BulkTable Insert { get; } = new(
        "app_account",
        ("id", BulkType.Number), ("display_name", BulkType.Text), ("sort_name", BulkType.Text), ("search_text", BulkType.Text),
        ("login", BulkType.Text), ("email", BulkType.Text), ("kind", BulkType.Text), ("status", BulkType.Text), ("sign_in", BulkType.Text),
        ("has_mfa", BulkType.Flag), ("is_administrator", BulkType.Flag), ("source_created_at", BulkType.Number), ("profile", BulkType.Text),
        ("is_placeholder", BulkType.Flag), ("last_seen_quality", BulkType.Text), ("last_seen_at", BulkType.Number), ("hash", BulkType.Bytes),
        ("raw_hash", BulkType.Bytes), ("since", BulkType.Number), ("cause_id", BulkType.Number), ("app_id", BulkType.Number),
        ("connector_id", BulkType.Number), ("type_id", BulkType.Number), ("external_id", BulkType.Text), ("incarnation", BulkType.Integer),
        ("begun_at", BulkType.Number));

    public BulkTable Update { get; } = new(
        "app_account",
        ("id", BulkType.Number), ("display_name", BulkType.Text), ("sort_name", BulkType.Text), ("search_text", BulkType.Text),
        ("login", BulkType.Text), ("email", BulkType.Text), ("kind", BulkType.Text), ("status", BulkType.Text), ("sign_in", BulkType.Text),
        ("has_mfa", BulkType.Flag), ("is_administrator", BulkType.Flag), ("source_created_at", BulkType.Number), ("profile", BulkType.Text),
        ("is_placeholder", BulkType.Flag), ("last_seen_quality", BulkType.Text), ("last_seen_at", BulkType.Number), ("hash", BulkType.Bytes),
        ("raw_hash", BulkType.Bytes), ("since", BulkType.Number), ("cause_id", BulkType.Number));

    public BulkTable Touch { get; } = new(
        "app_account", ("id", BulkType.Number), ("raw_hash", BulkType.Bytes), ("last_seen_quality", BulkType.Text), ("last_seen_at", BulkType.Number));

    public KnownRows Rows => stored.Accounts;

    public StoredTable FileTable => StoredTable.Resources;

    public string PastTable => "app_account_past";

    public string PastKey => "account_id";

    public string VersionColumns
        => "app_id, display_name, sort_name, search_text, login, email, kind, status, sign_in, has_mfa, is_administrator, source_created_at, "
            + "profile, is_placeholder, since, cause_id";

    public bool ReturnsAsTheSame => false;

    public void WriteInsert(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        WriteVersion(row, known, data, externalId, stamp);
        row.Set(stamp.AppId).Set(stamp.ConnectorId).Set(stored.Types[known.Type].Id).Set(externalId).Set((long)known.Incarnation)
            .Set(stamp.At.Microseconds).End();
    }

    public void WriteUpdate(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        WriteVersion(row, known, data, externalId, stamp);
        row.End();
    }

    public void WriteTouch(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data)
    {
        var draft = AccountDraft.Of(Resource.Parser.ParseFrom(data), stored.Types[known.Type], reading);
        row.Set(known.Id).Set(RowHash.ToBytes(known.FileRawHash)).Set(draft.LastSeenQuality.ToString()).Set(draft.LastSeenAt?.Microseconds).End();
    }

    private void WriteVersion(IBulkRow row, in KnownRow known, ReadOnlySpan<byte> data, string externalId, RowStamp stamp)
    {
        var isPlaceholder = data.IsEmpty;
        var draft = isPlaceholder
            ? AccountDraft.Placeholder(stored.Types[known.Type].ExternalId, externalId)
            : AccountDraft.Of(Resource.Parser.ParseFrom(data), stored.Types[known.Type], reading);
        row.Set(known.Id).Set(draft.DisplayName).Set(draft.SortName).Set(draft.SearchText).Set(draft.Login).Set(draft.Email)
            .Set(draft.Kind.ToString()).Set(draft.Status.ToString()).Set(draft.SignIn.ToString()).Set(draft.HasMfa).Set(draft.IsAdministrator)
            .Set(draft.SourceCreatedAt?.Microseconds).Set(draft.Profile).Set(isPlaceholder)
            .Set(draft.LastSeenQuality.ToString()).Set(draft.LastSeenAt?.Microseconds)
            .Set(RowHash.ToBytes(isPlaceholder ? default : draft.HashWith(stored.Hash))).Set(RowHash.ToBytes(known.FileRawHash))
            .Set(stamp.At.Microseconds).Set(stamp.CauseId);
    }
}
