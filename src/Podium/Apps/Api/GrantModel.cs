using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;

namespace Podium.Apps.Api;

/// <summary>That an account holds an entitlement, or held it.</summary>
/// <param name="NotBefore">It was not seen before this moment; equal to <paramref name="Since"/> where the time is exact.</param>
/// <param name="HeldSince">In whatever way, without a break.</param>
/// <param name="Until">Null when it is still held.</param>
/// <param name="Sources">External ids of the entitlements that it comes from; empty when it is direct alone.</param>
internal sealed record GrantModel(
    Ksuid AppId,
    Ksuid AppEntitlementId,
    string EntitlementName,
    string Slug,
    bool IsPrivileged,
    Ksuid AppResourceId,
    string ResourceName,
    Ksuid AppUserId,
    string AccountName,
    string Login,
    string Email,
    Moment NotBefore,
    Moment Since,
    Moment HeldSince,
    Moment? Until,
    bool IsDirect,
    IReadOnlyList<string> Sources)
{
    public static GrantModel Of(GrantRow row, Ksuid app) => new(
        app,
        row.EntitlementPublicId,
        row.EntitlementName,
        row.Slug,
        row.IsPrivileged,
        InventoryId.Of(InventoryKind.Resource, row.ResourceId),
        row.ResourceName,
        row.AccountPublicId,
        row.AccountName,
        row.Login,
        row.Email,
        row.NotBefore,
        row.Since,
        row.HeldSince,
        row.Until,
        row.IsDirect,
        row.Sources);
}

internal sealed record GrantsAnswer(IReadOnlyList<GrantModel> List, string NextPageToken);
