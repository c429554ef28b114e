using System.Text.Json.Nodes;
using Podium.Api;
using Podium.Apps;
using Podium.Connectors.Catalog;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>A connector for an app that is there: with its settings, or without them for somebody to finish (which the other API calls delegated).</summary>
internal sealed class ConnectorCreation(AppList apps, ConnectorList connectors, ConnectorCatalog catalog, ConnectorPeople people, AddConnector add)
{
    public async Task<ConnectorAnswer> RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var app = await apps.FindAsync(caller, context.RouteText("app_id"), cancellationToken);
        var request = await context.ReadBodyAsync<CreateConnectorRequest>(cancellationToken);
        var entry = catalog.Find(request.CatalogId ?? "") ?? throw new Refusal("This connector is not in the catalogue: GET /api/podium/v1/catalog lists it.", "catalogId");
        var settings = ConnectorConfig.Read(request.Config);
        try
        {
            var added = await add.RunAsync(
                new()
                {
                    CatalogId = entry.Id,
                    DisplayName = request.DisplayName is { Length: > 0 } name ? name : null,
                    Description = request.Description ?? "",
                    AppId = app.App.Id,
                    Settings = settings,
                    OwnerIds = request.UserIds is { Count: > 0 } ids ? await people.KeysAsync(ids, "userIds", cancellationToken) : [caller.PersonId],
                },
                caller.Actor,
                cancellationToken);
            return ConnectorAnswer.Of((await connectors.FindAsync(added.Id, cancellationToken))!, app, request.ExpandMask);
        }
        catch (Refusal refusal) when (settings is not null)
        {
            throw ConnectorConfig.Placed(refusal, entry, settings);
        }
    }
}

/// <summary>What of <c>c1.api.app.v1.ConnectorServiceCreateRequest</c> and <c>…CreateDelegatedRequest</c> is taken.</summary>
internal sealed record CreateConnectorRequest
{
    public string? CatalogId { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string?>? UserIds { get; init; }

    public JsonObject? Config { get; init; }

    public ExpandMask? ExpandMask { get; init; }
}
