using Podium.Inventory.Applying;

namespace Podium.Benchmarks;

/// <summary>The rows of the floor: the same columns, with nothing for the next sync.</summary>
internal static class FloorRows
{
    private static readonly byte[] NoHash = new byte[RowHash.Bytes];

    public static BulkTable Resource { get; } = new(
        "app_resource",
        ("id", BulkType.Number), ("parent_id", BulkType.Number), ("display_name", BulkType.Text), ("sort_name", BulkType.Text),
        ("search_text", BulkType.Text), ("description", BulkType.Text), ("profile", BulkType.Text), ("is_placeholder", BulkType.Flag),
        ("secret_owner", BulkType.Text), ("secret_created_at", BulkType.Number), ("secret_expires_at", BulkType.Number),
        ("secret_last_used_at", BulkType.Number), ("hash", BulkType.Bytes), ("raw_hash", BulkType.Bytes), ("since", BulkType.Number),
        ("cause_id", BulkType.Number), ("app_id", BulkType.Number), ("connector_id", BulkType.Number), ("type_id", BulkType.Number),
        ("external_id", BulkType.Text), ("begun_at", BulkType.Number));

    public static BulkTable Account { get; } = new(
        "app_account",
        ("id", BulkType.Number), ("display_name", BulkType.Text), ("sort_name", BulkType.Text), ("search_text", BulkType.Text),
        ("login", BulkType.Text), ("email", BulkType.Text), ("kind", BulkType.Text), ("status", BulkType.Text), ("sign_in", BulkType.Text),
        ("has_mfa", BulkType.Flag), ("is_administrator", BulkType.Flag), ("source_created_at", BulkType.Number), ("profile", BulkType.Text),
        ("is_placeholder", BulkType.Flag), ("last_seen_quality", BulkType.Text), ("last_seen_at", BulkType.Number), ("hash", BulkType.Bytes),
        ("raw_hash", BulkType.Bytes), ("since", BulkType.Number), ("cause_id", BulkType.Number), ("app_id", BulkType.Number),
        ("connector_id", BulkType.Number), ("type_id", BulkType.Number), ("external_id", BulkType.Text), ("incarnation", BulkType.Integer),
        ("begun_at", BulkType.Number));

    public static BulkTable Entitlement { get; } = new(
        "app_entitlement",
        ("id", BulkType.Number), ("resource_id", BulkType.Number), ("display_name", BulkType.Text), ("slug", BulkType.Text),
        ("sort_name", BulkType.Text), ("search_text", BulkType.Text), ("description", BulkType.Text), ("purpose", BulkType.Text),
        ("rank", BulkType.Integer), ("is_privileged", BulkType.Flag), ("exclusion_group", BulkType.Text), ("grantable_to", BulkType.Text),
        ("is_placeholder", BulkType.Flag), ("hash", BulkType.Bytes), ("raw_hash", BulkType.Bytes), ("since", BulkType.Number),
        ("cause_id", BulkType.Number), ("app_id", BulkType.Number), ("connector_id", BulkType.Number), ("external_id", BulkType.Text),
        ("begun_at", BulkType.Number));

    public static BulkTable Grant { get; } = new(
        "grant_now",
        ("app_id", BulkType.Number), ("entitlement_id", BulkType.Number), ("account_id", BulkType.Number), ("since", BulkType.Number),
        ("held_since", BulkType.Number), ("cause_id", BulkType.Number), ("origin_id", BulkType.Number), ("external_id", BulkType.Text),
        ("is_immutable", BulkType.Flag));

    public static void Write(IBulkRow row, long id, ResourceDraft draft, string externalId, long typeId, RowStamp stamp)
        => row.Set(id).SetNull().Set(draft.DisplayName).Set(draft.SortName).Set(draft.SearchText).Set(draft.Description).Set(draft.Profile).Set(false)
            .SetNull().SetNull().SetNull().SetNull().Set(NoHash).Set(NoHash).Set(stamp.At.Microseconds).Set(stamp.CauseId)
            .Set(stamp.AppId).Set(stamp.ConnectorId).Set(typeId).Set(externalId).Set(stamp.At.Microseconds).End();

    public static void Write(IBulkRow row, long id, AccountDraft draft, string externalId, long typeId, RowStamp stamp)
        => row.Set(id).Set(draft.DisplayName).Set(draft.SortName).Set(draft.SearchText).Set(draft.Login).Set(draft.Email)
            .Set(draft.Kind.ToString()).Set(draft.Status.ToString()).Set(draft.SignIn.ToString()).Set(draft.HasMfa).Set(draft.IsAdministrator)
            .Set(draft.SourceCreatedAt?.Microseconds).Set(draft.Profile).Set(false).Set(draft.LastSeenQuality.ToString())
            .Set(draft.LastSeenAt?.Microseconds).Set(NoHash).Set(NoHash).Set(stamp.At.Microseconds).Set(stamp.CauseId)
            .Set(stamp.AppId).Set(stamp.ConnectorId).Set(typeId).Set(externalId).Set(1L).Set(stamp.At.Microseconds).End();

    public static void Write(IBulkRow row, long id, EntitlementDraft draft, string externalId, long resourceId, RowStamp stamp)
        => row.Set(id).Set(resourceId).Set(draft.DisplayName).Set(draft.Slug).Set(draft.SortName).Set(draft.SearchText).Set(draft.Description)
            .Set(draft.Purpose).Set((long)draft.Rank).Set(draft.IsPrivileged).Set(draft.ExclusionGroup).Set(draft.GrantableTo).Set(false)
            .Set(NoHash).Set(NoHash).Set(stamp.At.Microseconds).Set(stamp.CauseId).Set(stamp.AppId).Set(stamp.ConnectorId).Set(externalId)
            .Set(stamp.At.Microseconds).End();

    public static void Write(IBulkRow row, long entitlementId, long accountId, RowStamp stamp)
        => row.Set(stamp.AppId).Set(entitlementId).Set(accountId).Set(stamp.At.Microseconds).Set(stamp.At.Microseconds).Set(stamp.CauseId)
            .SetNull().SetNull().Set(false).End();
}
