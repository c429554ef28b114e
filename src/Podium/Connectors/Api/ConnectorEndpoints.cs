using Podium.Api;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>
/// Connectors as C1's clients ask for them, one app at a time. Everything for which the other API has no shape is in
/// <see cref="PodiumConnectorEndpoints"/>.
/// </summary>
internal static class ConnectorEndpoints
{
    private const string Collection = "/api/v1/apps/{app_id}/connectors";
    private const string Item = Collection + "/{id}";

    public static void AddConnectorApi(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorReach>();
        services.AddSingleton<ConnectorPeople>();
        services.AddSingleton<ConnectorCreation>();
        services.AddSingleton<ConnectorUpdate>();
    }

    public static void MapConnectors(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Collection, async (HttpContext context, ConnectorReach reach, CancellationToken cancellationToken) =>
        {
            var (app, rows) = await reach.AllOfAppAsync(context, context.RouteText("app_id"), cancellationToken);
            return ConnectorsAnswer.Of($"connectors {app.App.Id}", rows, context.Page());
        });
        endpoints.MapGet(Item, async (HttpContext context, ConnectorReach reach, CancellationToken cancellationToken)
            => ConnectorAnswer.Of((await reach.OfAppAsync(context, context.RouteText("app_id"), context.RouteText("id"), cancellationToken, evenDeleted: true)).Connector));
        endpoints.MapPost(Collection, (HttpContext context, ConnectorCreation creation, CancellationToken cancellationToken) => creation.RunAsync(context, cancellationToken));
        endpoints.MapPost(Collection + "/create", (HttpContext context, ConnectorCreation creation, CancellationToken cancellationToken) => creation.RunAsync(context, cancellationToken));
        endpoints.MapPost(Item, (HttpContext context, ConnectorUpdate update, CancellationToken cancellationToken) => update.RunAsync(context, cancellationToken));
        endpoints.MapPost(Item + "/delegated", (HttpContext context, ConnectorUpdate update, CancellationToken cancellationToken) => update.RunAsync(context, cancellationToken));
        endpoints.MapDelete(Item, DeleteAsync);
        endpoints.MapPost(Item + "/force_sync", (HttpContext context, ConnectorReach reach, SyncNow use, CancellationToken cancellationToken)
            => ActAsync(context, reach, (row, caller) => use.RunAsync(row.Id, caller.Actor, cancellationToken), cancellationToken));
        endpoints.MapPost(Item + "/pause", (HttpContext context, ConnectorReach reach, PauseConnector use, CancellationToken cancellationToken)
            => ActAsync(context, reach, (row, caller) => use.RunAsync(row.Id, caller.Actor, cancellationToken), cancellationToken));
        endpoints.MapPost(Item + "/resume", (HttpContext context, ConnectorReach reach, ResumeConnector use, CancellationToken cancellationToken)
            => ActAsync(context, reach, (row, caller) => use.RunAsync(row.Id, caller.Actor, cancellationToken), cancellationToken));
        endpoints.MapPost(Item + "/confirm_sync_valid/{sync_id}", (HttpContext context, ConnectorReach reach, SyncList syncs, DecideHeldSync use, CancellationToken cancellationToken)
            => ActAsync(
                context,
                reach,
                async (row, caller) => await use.ConfirmAsync((await syncs.InAsync(row, context.RouteText("sync_id"), cancellationToken)).Id, caller.Actor, CancellationToken.None),
                cancellationToken));
        endpoints.MapConnectorCredentials();
        endpoints.MapConnectorOwners();
        endpoints.MapCatalog();
        endpoints.MapPodiumConnectors();
        endpoints.MapPodiumSyncs();
    }

    private static async Task<EmptyAnswer> DeleteAsync(HttpContext context, ConnectorReach reach, DeleteConnector delete, CancellationToken cancellationToken)
    {
        var (_, row) = await reach.OfAppAsync(context, context.RouteText("app_id"), context.RouteText("id"), cancellationToken);
        var request = await context.ReadBodyAsync<DeleteConnectorRequest>(cancellationToken);
        await delete.RunAsync(row.Id, request.DeleteApp, context.SignedInCaller().Actor, cancellationToken);
        return new();
    }

    private static async Task<EmptyAnswer> ActAsync(HttpContext context, ConnectorReach reach, Func<ConnectorRow, Caller, Task> act, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var (_, row) = await reach.OfAppAsync(context, context.RouteText("app_id"), context.RouteText("id"), cancellationToken);
        ConnectorReach.EnsureMayChange(caller, row);
        await act(row, caller);
        return new();
    }
}

internal sealed record DeleteConnectorRequest
{
    /// <summary>Of this server alone: the app goes too, unless another connector feeds it.</summary>
    public bool DeleteApp { get; init; }
}
