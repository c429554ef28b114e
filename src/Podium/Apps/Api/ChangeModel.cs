using System.Text.Json;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Apps.Api;

/// <summary>Something that began, changed or ended. Ids are empty where it is not about such a thing.</summary>
/// <param name="NotBefore">It was not seen before this moment; equal to <paramref name="At"/> where the time is exact.</param>
internal sealed record ChangeModel(
    string Kind,
    Moment NotBefore,
    Moment At,
    string AppUserId,
    string AccountName,
    string Login,
    string AppEntitlementId,
    string EntitlementName,
    string Slug,
    bool IsPrivileged,
    string AppResourceId,
    string ResourceName,
    InventoryCauseKind Cause)
{
    /// <summary><c>GRANT_BEGUN</c>, <c>ACCOUNT_CHANGED</c>, ….</summary>
    public static string NameOf(InventoryChangeKind kind) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString());

    public static ChangeModel Of(ChangeRow row) => new(
        NameOf(row.Kind),
        row.NotBefore,
        row.At,
        row.AccountPublicId?.ToString() ?? "",
        row.AccountName ?? "",
        row.Login ?? "",
        row.EntitlementPublicId?.ToString() ?? "",
        row.EntitlementName ?? "",
        row.Slug ?? "",
        row.IsPrivileged,
        row.ResourcePublicId?.ToString() ?? "",
        row.ResourceName ?? "",
        row.CauseKind);
}

internal sealed record ChangesAnswer(IReadOnlyList<ChangeModel> List, string NextPageToken);
