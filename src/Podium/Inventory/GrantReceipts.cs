using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Inventory.Applying;

namespace Podium.Inventory;

/// <summary>
/// What tasks did to grants, in the history with the exact time. Called in the transaction that keeps the receipt. A sync that was handed out before
/// cannot know of it and leaves it alone; the next one that was handed out later confirms it or takes it back.
/// </summary>
internal static class GrantReceipts
{
    /// <summary>The account holds the entitlement since then. Only confirms it when it was there already.</summary>
    /// <returns>Whether it was not there before.</returns>
    public static async Task<bool> GrantedAsync(
        PodiumContext context, long entitlementId, long accountId, Moment at, long? taskId, CancellationToken cancellationToken)
    {
        var (entitlement, cause) = await BeginAsync(context, entitlementId, at, taskId, cancellationToken);
        var confirmed = await context.Set<GrantNow>().Where(grant => grant.EntitlementId == entitlementId && grant.AccountId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.ConfirmedAt, at), cancellationToken);
        if (confirmed > 0)
        {
            return false;
        }

        context.Add(cause);
        await context.SaveChangesAsync(cancellationToken);
        context.Add(new GrantNow
        {
            AppId = entitlement.AppId,
            EntitlementId = entitlementId,
            AccountId = accountId,
            Since = at,
            HeldSince = at,
            CauseId = cause.Id,
        });
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The account does not hold the entitlement any more.</summary>
    /// <returns>Whether it was there before.</returns>
    public static async Task<bool> RevokedAsync(
        PodiumContext context, long entitlementId, long accountId, Moment at, long? taskId, CancellationToken cancellationToken)
    {
        var (_, cause) = await BeginAsync(context, entitlementId, at, taskId, cancellationToken);
        var grant = await context.Set<GrantNow>().SingleOrDefaultAsync(
            each => each.EntitlementId == entitlementId && each.AccountId == accountId, cancellationToken);
        if (grant is null)
        {
            return false;
        }

        context.Add(cause);
        await context.SaveChangesAsync(cancellationToken);
        context.Add(new GrantPast
        {
            AppId = grant.AppId,
            EntitlementId = grant.EntitlementId,
            AccountId = grant.AccountId,
            Since = grant.Since,
            HeldSince = grant.HeldSince,
            CauseId = grant.CauseId,
            OriginId = grant.OriginId,
            ExternalId = grant.ExternalId,
            IsImmutable = grant.IsImmutable,
            Until = at,
            UntilCauseId = cause.Id,
        });
        context.Remove(grant);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static async Task<(AppEntitlement Entitlement, InventoryCause Cause)> BeginAsync(
        PodiumContext context, long entitlementId, Moment at, long? taskId, CancellationToken cancellationToken)
    {
        var entitlement = await context.Set<AppEntitlement>().SingleAsync(each => each.Id == entitlementId, cancellationToken);
        await SyncApply.LockAsync(context, entitlement.ConnectorId, cancellationToken);
        // The next file has to be held against it row by row.
        await context.Set<InventoryState>().Where(state => state.ConnectorId == entitlement.ConnectorId)
            .ExecuteUpdateAsync(set => set.SetProperty(state => state.GrantsDigest, (byte[]?)null), cancellationToken);
        return (entitlement, new() { ConnectorId = entitlement.ConnectorId, Kind = InventoryCauseKind.Task, At = at, NotBefore = at, TaskId = taskId });
    }
}
