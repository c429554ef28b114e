using System.Text.Json.Nodes;
using Podium.Api;
using Podium.Connectors.Catalog;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>Name, description, settings and owners of a connector, as far as the update's mask names them.</summary>
internal sealed class ConnectorUpdate(
    ConnectorReach reach, ConnectorList connectors, ConnectorCatalog catalog, ConnectorPeople people, RenameConnector rename, SaveConnectorSettings save, SetConnectorOwners setOwners)
{
    private static readonly string[] Paths = ["displayName", "description", "config", "userIds"];

    public async Task<ConnectorAnswer> RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var (app, row) = await reach.OfAppAsync(context, context.RouteText("app_id"), context.RouteText("id"), cancellationToken);
        ConnectorReach.EnsureMayChange(caller, row);
        var request = await context.ReadBodyAsync<UpdateConnectorRequest>(cancellationToken);
        var mask = UpdateMask.Parse(request.UpdateMask, Paths);
        var given = request.Connector ?? new();

        // All that may be refused is looked at first, so that nothing is half done.
        var name = mask.Has("displayName", given.DisplayName is { Length: > 0 }) ? ConnectorName.Check(given.DisplayName ?? "") : null;
        var description = mask.Has("description", given.Description is not null) ? ConnectorName.CheckDescription(given.Description ?? "") : null;
        var settings = mask.Has("config", given.Config is not null)
            ? ConnectorConfig.Read(given.Config) ?? throw new Refusal("The mask names config, and there is none: settings are replaced, and never taken away.", "config")
            : null;
        IReadOnlyList<long>? owners = null;
        if (mask.Has("userIds", given.UserIds is not null))
        {
            ConnectorReach.EnsureMayAdministrate(caller);
            owners = await people.KeysAsync(given.UserIds ?? [], "userIds", cancellationToken);
        }

        if (settings is not null)
        {
            await SaveAsync(row, settings, caller, cancellationToken);
        }

        if ((name is not null && name != row.DisplayName) || (description is not null && description != row.Description))
        {
            await rename.RunAsync(row.Id, name ?? row.DisplayName, description ?? row.Description, caller.Actor, cancellationToken);
        }

        if (owners is not null && !owners.ToHashSet().SetEquals(row.Owners.Select(owner => owner.PersonId)))
        {
            await setOwners.RunAsync(row.Id, owners, caller.Actor, cancellationToken);
        }

        return ConnectorAnswer.Of((await connectors.FindEvenDeletedAsync(row.PublicId, cancellationToken))!, app, request.ExpandMask);
    }

    private async Task SaveAsync(ConnectorRow row, IReadOnlyDictionary<string, string> settings, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            await save.RunAsync(row.Id, settings, caller.Actor, cancellationToken);
        }
        catch (Refusal refusal) when (catalog.Find(row.CatalogId) is { } entry)
        {
            throw ConnectorConfig.Placed(refusal, entry, settings);
        }
    }
}

/// <summary>What of <c>c1.api.app.v1.ConnectorServiceUpdateRequest</c> and <c>…UpdateDelegatedRequest</c> is taken.</summary>
internal sealed record UpdateConnectorRequest
{
    public ConnectorFields? Connector { get; init; }

    public string? UpdateMask { get; init; }

    public ExpandMask? ExpandMask { get; init; }
}

/// <summary>The members of a connector that can be changed; clients send the others back as they read them.</summary>
internal sealed record ConnectorFields
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public JsonObject? Config { get; init; }

    public IReadOnlyList<string?>? UserIds { get; init; }
}
