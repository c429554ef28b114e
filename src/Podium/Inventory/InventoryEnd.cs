using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Inventory.Applying;

namespace Podium.Inventory;

/// <summary>Ends rows because a person decided so. Their history stays. Runs in the transaction of its caller.</summary>
internal static class InventoryEnd
{
    /// <summary>Everything of a connector that is deleted.</summary>
    public static Task<EndedCounts> OfConnectorAsync(PodiumContext context, long connectorId, Moment at, long? personId, CancellationToken cancellationToken)
        => EndAsync(context, connectorId, null, InventoryCauseKind.ConnectorDeleted, at, personId, cancellationToken);

    /// <summary>Everything of the resource types that are not read any more.</summary>
    public static Task<EndedCounts> OfTypesAsync(
        PodiumContext context, long connectorId, IReadOnlyCollection<long> typeIds, Moment at, long? personId, CancellationToken cancellationToken)
        => EndAsync(context, connectorId, typeIds, InventoryCauseKind.Selection, at, personId, cancellationToken);

    private static async Task<EndedCounts> EndAsync(
        PodiumContext context, long connectorId, IReadOnlyCollection<long>? typeIds, InventoryCauseKind kind, Moment at, long? personId, CancellationToken cancellationToken)
    {
        var connector = await SyncApply.LockAsync(context, connectorId, cancellationToken);
        var cause = new InventoryCause { ConnectorId = connectorId, Kind = kind, At = at, NotBefore = at, PersonId = personId };
        context.Add(cause);
        await context.SaveChangesAsync(cancellationToken);

        var types = context.Set<AppResourceType>().Where(type => type.ConnectorId == connectorId && (typeIds == null || typeIds.Contains(type.Id)));
        var resources = context.Set<AppResource>().Where(row => row.DeletedAt == null && types.Any(type => type.Id == row.TypeId));
        var accounts = context.Set<AppAccount>().Where(row => row.DeletedAt == null && types.Any(type => type.Id == row.TypeId));
        var ofTypes = context.Set<AppResource>().Where(row => types.Any(type => type.Id == row.TypeId));
        var entitlements = context.Set<AppEntitlement>().Where(row => row.DeletedAt == null && ofTypes.Any(resource => resource.Id == row.ResourceId));
        var grants = await context.Set<GrantNow>()
            .Where(grant => entitlements.Any(row => row.Id == grant.EntitlementId) || accounts.Any(row => row.Id == grant.AccountId))
            .Select(grant => grant.Id).ToListAsync(cancellationToken);
        // A receipt that is later than this cannot be: we hold the connector's row.
        await GrantWriting.EndAsync(SyncApply.WriterOf(context), grants, at, cause.Id, cancellationToken);
        // Entitlements first: which they are is told by resources that are still there.
        var counts = new EndedCounts(
            Grants: grants.Count,
            Entitlements: await entitlements.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DeletedAt, at).SetProperty(row => row.DeletedCauseId, cause.Id), cancellationToken),
            Accounts: await accounts.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DeletedAt, at).SetProperty(row => row.DeletedCauseId, cause.Id), cancellationToken),
            Resources: await resources.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DeletedAt, at).SetProperty(row => row.DeletedCauseId, cause.Id), cancellationToken));
        await types.ExecuteUpdateAsync(
            set => set.SetProperty(type => type.DeletedAt, at).SetProperty(type => type.StaleSince, (Moment?)null), cancellationToken);
        await context.Set<InventoryState>().Where(state => state.ConnectorId == connectorId)
            .ExecuteUpdateAsync(set => set.SetProperty(state => state.GrantsDigest, (byte[]?)null), cancellationToken);
        connector.InventoryVersion++;
        return counts;
    }
}

internal sealed record EndedCounts(long Accounts, long Resources, long Entitlements, long Grants);
