using Podium.Api;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Applying;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>The syncs of a connector, and the decision about one that is held.</summary>
internal static class PodiumSyncEndpoints
{
    private const string Collection = "/api/podium/v1/connectors/{id}/syncs";
    private const string Item = Collection + "/{sync_id}";

    public static void MapPodiumSyncs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Collection, async (HttpContext context, ConnectorReach reach, SyncList syncs, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindAsync(context, cancellationToken);
            var (page, question) = (context.Page(), $"syncs {row.Id}");
            var (part, next) = WholeList.PageByKey(question, await syncs.OfAsync(row.Id, WholeList.KeyOf(question, page), page.Size + 1, cancellationToken), sync => sync.Id, page);
            return new SyncsAnswer([.. part.Select(sync => SyncModel.Of(sync)!)], next);
        });
        endpoints.MapPost(Collection, async (HttpContext context, ConnectorReach reach, SyncList syncs, SyncNow use, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindToChangeAsync(context, cancellationToken);
            var sync = await use.RunAsync(row.Id, context.SignedInCaller().Actor, cancellationToken);
            return new SyncAnswer(sync is null ? null : SyncModel.Of(SyncRow.Of(sync)));
        });
        endpoints.MapGet(Item, async (HttpContext context, ConnectorReach reach, SyncList syncs, CancellationToken cancellationToken)
            => new SyncAnswer(SyncModel.Of(await syncs.InAsync(await reach.FindAsync(context, cancellationToken), context.RouteText("sync_id"), cancellationToken))));
        endpoints.MapGet("/api/podium/v1/connectors/{id}/held_sync", async (HttpContext context, ConnectorReach reach, CancellationToken cancellationToken)
            => new SyncAnswer(SyncModel.Of((await reach.FindAsync(context, cancellationToken)).HeldSync)));
        endpoints.MapPost(Item + "/confirm", async (HttpContext context, ConnectorReach reach, SyncList syncs, DecideHeldSync use, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindToChangeAsync(context, cancellationToken);
            var sync = await syncs.InAsync(row, context.RouteText("sync_id"), cancellationToken);
            // Whoever goes away does not stop it: it is one transaction.
            await use.ConfirmAsync(sync.Id, context.SignedInCaller().Actor, CancellationToken.None);
            return new SyncAnswer(SyncModel.Of(await syncs.FindAsync(row.Id, sync.PublicId, cancellationToken)));
        });
        endpoints.MapPost(Item + "/discard", async (HttpContext context, ConnectorReach reach, SyncList syncs, DecideHeldSync use, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindToChangeAsync(context, cancellationToken);
            var sync = await syncs.InAsync(row, context.RouteText("sync_id"), cancellationToken);
            await use.DiscardAsync(sync.Id, context.SignedInCaller().Actor, cancellationToken);
            return new SyncAnswer(SyncModel.Of(await syncs.FindAsync(row.Id, sync.PublicId, cancellationToken)));
        });
    }

    /// <exception cref="ApiException">That connector has no such sync.</exception>
    public static async Task<SyncRow> InAsync(this SyncList syncs, ConnectorRow connector, string id, CancellationToken cancellationToken)
        => Ksuid.TryParse(id, out var parsed) && await syncs.FindAsync(connector.Id, parsed, cancellationToken) is { } sync ? sync : throw ApiException.NotFound("sync", id);
}

/// <param name="AsOf">The moment that the inventory is of, once it is applied.</param>
/// <param name="Reason">Why it was held, rejected or failed; empty otherwise.</param>
/// <param name="Difference">What was, or would be, begun, changed and ended; null before it was compared.</param>
internal sealed record SyncModel(
    Ksuid Id,
    SyncState State,
    Moment QueuedAt,
    Moment? AsOf,
    Moment? ReceivedAt,
    Moment? EndedAt,
    long? Accounts,
    long? Resources,
    long? Entitlements,
    long? Grants,
    long? Size,
    string Reason,
    SyncDifferenceModel? Difference)
{
    public static SyncModel? Of(SyncRow? row) => row is null ? null : new(
        row.PublicId,
        row.State,
        row.QueuedAt,
        row.AsOf,
        row.ReceivedAt,
        row.EndedAt,
        row.Accounts,
        row.Resources,
        row.Entitlements,
        row.Grants,
        row.Size,
        row.Reason ?? "",
        row.Difference is null ? null : SyncDifferenceModel.Of(SyncDifference.Parse(row.Difference)));
}

/// <param name="Holds">The rules that keep it from being applied; empty where none does.</param>
/// <param name="Losses">What would lose most, the largest first.</param>
internal sealed record SyncDifferenceModel(
    KindDifference Accounts, KindDifference Resources, KindDifference Entitlements, KindDifference Grants, IReadOnlyList<HoldReason> Holds, IReadOnlyList<LossModel> Losses)
{
    public static SyncDifferenceModel Of(SyncDifference difference) => new(
        difference.Accounts,
        difference.Resources,
        difference.Entitlements,
        difference.Grants,
        difference.Holds,
        [.. difference.Losses.Select(loss => new LossModel(InventoryId.Of(InventoryKind.Resource, loss.ResourceId), loss.Type, loss.Name, loss.Ended, loss.Before))]);
}

internal sealed record LossModel(Ksuid AppResourceId, string Type, string Name, long Ended, long Before);

/// <param name="Sync">Null where there is none, or it starts in seconds.</param>
internal sealed record SyncAnswer(SyncModel? Sync);

internal sealed record SyncsAnswer(IReadOnlyList<SyncModel> List, string NextPageToken);
