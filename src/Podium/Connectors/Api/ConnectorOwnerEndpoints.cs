using Podium.Api;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.People;
using Podium.People.Api;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>Who may finish and edit a connector without a role for all of them, as <c>c1.api.app.v2.ConnectorOwners</c>. There is one kind of owner.</summary>
internal static class ConnectorOwnerEndpoints
{
    private const string Collection = "/api/v2/apps/{app_id}/connectors/{connector_id}/owners";
    private const string Item = Collection + "/users/{role_slug}/{user_id}";
    private const string Slug = "owner";

    public static void MapConnectorOwners(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPut(Collection, ReplaceAsync);
        endpoints.MapGet(Collection + "/users", ListAsync);
        endpoints.MapGet(Item, async (HttpContext context, ConnectorReach reach, PeopleList people, CancellationToken cancellationToken) =>
        {
            var row = await FindAsync(context, reach, cancellationToken);
            EnsureSlug(context.RouteText("role_slug"));
            var id = context.RouteText("user_id");
            return row.Owners.FirstOrDefault(owner => owner.PublicId.ToString() == id) is { } owner
                ? new ConnectorOwnerAnswer(await ModelAsync(row, owner.PublicId, people, cancellationToken))
                : throw ApiException.NotFound("owner", id);
        });
        endpoints.MapPost(Item, async (HttpContext context, ConnectorReach reach, ConnectorPeople keys, PeopleList people, SetConnectorOwners use, CancellationToken cancellationToken) =>
        {
            var row = await FindAsync(context, reach, cancellationToken);
            EnsureSlug(context.RouteText("role_slug"));
            var added = (await keys.KeysAsync([context.RouteText("user_id")], "user_id", cancellationToken))[0];
            await SetAsync(row, [.. row.Owners.Select(owner => owner.PersonId).Append(added).Distinct()], use, context, cancellationToken);
            return new ConnectorOwnerAnswer(await ModelAsync(row, Ksuid.Parse(context.RouteText("user_id")), people, cancellationToken));
        });
        endpoints.MapDelete(Item, async (HttpContext context, ConnectorReach reach, SetConnectorOwners use, CancellationToken cancellationToken) =>
        {
            var row = await FindAsync(context, reach, cancellationToken);
            EnsureSlug(context.RouteText("role_slug"));
            var id = context.RouteText("user_id");
            if (row.Owners.FirstOrDefault(owner => owner.PublicId.ToString() == id) is not { } gone)
            {
                throw ApiException.NotFound("owner", id);
            }

            await SetAsync(row, [.. row.Owners.Where(owner => owner != gone).Select(owner => owner.PersonId)], use, context, cancellationToken);
            return new EmptyAnswer();
        });
    }

    private static async Task<EmptyAnswer> ReplaceAsync(HttpContext context, ConnectorReach reach, ConnectorPeople keys, SetConnectorOwners use, CancellationToken cancellationToken)
    {
        var row = await FindAsync(context, reach, cancellationToken);
        var request = await context.ReadBodyAsync<SetConnectorOwnersRequest>(cancellationToken);
        if (request.AppEntitlementRefs is { Count: > 0 })
        {
            throw new Refusal("Owners of a connector are people here, not whoever holds an entitlement.", "appEntitlementRefs");
        }

        EnsureSlug(request.RoleSlug is { Length: > 0 } slug ? slug : Slug);
        await SetAsync(row, await keys.KeysAsync((request.UserRefs ?? []).Select(reference => reference?.Id), "userRefs", cancellationToken), use, context, cancellationToken);
        return new();
    }

    private static async Task<ConnectorOwnersAnswer> ListAsync(HttpContext context, ConnectorReach reach, PeopleList people, CancellationToken cancellationToken)
    {
        var row = await FindAsync(context, reach, cancellationToken);
        var (part, next) = WholeList.Page($"owners {row.Id}", row.Owners, owner => owner.PublicId.ToString(), context.Page());
        List<ConnectorOwnerModel> models = [];
        foreach (var owner in part)
        {
            models.Add(await ModelAsync(row, owner.PublicId, people, cancellationToken));
        }

        return new(models, next);
    }

    private static Task SetAsync(ConnectorRow row, IReadOnlyCollection<long> owners, SetConnectorOwners use, HttpContext context, CancellationToken cancellationToken)
        => use.RunAsync(row.Id, owners, context.SignedInCaller().Actor, cancellationToken);

    private static async Task<ConnectorOwnerModel> ModelAsync(ConnectorRow row, Ksuid person, PeopleList people, CancellationToken cancellationToken)
        => new(row.AppPublicId, row.PublicId, Slug, UserModel.Of((await people.FindAsync(person, cancellationToken))!));

    private static async Task<ConnectorRow> FindAsync(HttpContext context, ConnectorReach reach, CancellationToken cancellationToken)
        => (await reach.OfAppAsync(context, context.RouteText("app_id"), context.RouteText("connector_id"), cancellationToken)).Connector;

    private static void EnsureSlug(string slug)
    {
        if (slug != Slug)
        {
            throw new Refusal($"There is one kind of owner of a connector: the role is '{Slug}'.", "roleSlug");
        }
    }
}

internal sealed record SetConnectorOwnersRequest
{
    public IReadOnlyList<UserReference?>? UserRefs { get; init; }

    public string? RoleSlug { get; init; }

    public IReadOnlyList<object>? AppEntitlementRefs { get; init; }
}

/// <summary>As <c>c1.api.app.v2.ConnectorOwnerUser</c> says it; since when is not kept.</summary>
internal sealed record ConnectorOwnerModel(Ksuid AppId, Ksuid ConnectorId, string RoleSlug, UserModel User);

internal sealed record ConnectorOwnerAnswer(ConnectorOwnerModel ConnectorOwnerUser);

internal sealed record ConnectorOwnersAnswer(IReadOnlyList<ConnectorOwnerModel> List, string NextPageToken);
