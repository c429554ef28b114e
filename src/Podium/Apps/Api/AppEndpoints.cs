using Podium.Api;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Lists;
using Podium.People;
using Podium.SignIn;

namespace Podium.Apps.Api;

/// <summary>Apps, their accounts and entitlements: as C1's clients ask for them, and of any moment under <c>/api/podium/v1</c>.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/apps", async (HttpContext context, AppList apps, CancellationToken cancellationToken)
            => AppsAnswer.Of("apps", await apps.AllAsync(context.SignedInCaller(), cancellationToken), context.Page()));
        endpoints.MapGet("/api/v1/apps/{id}", async (HttpContext context, AppList apps, CancellationToken cancellationToken)
            => new AppAnswer(AppModel.Of(await apps.FindAsync(context.SignedInCaller(), context.RouteText("id"), cancellationToken))));
        endpoints.MapPost("/api/v1/apps", CreateAsync);
        endpoints.MapPost("/api/v1/search/apps", SearchAsync);
        endpoints.MapGet("/api/v1/apps/{app_id}/app_users", AccountsAsync);
        endpoints.MapGet("/api/v1/apps/{app_id}/entitlements", EntitlementsAsync);
        endpoints.MapGet("/api/v1/apps/{app_id}/entitlements/{id}", EntitlementAsync);
        // The same lists as of a moment, for which the other API has no shape.
        endpoints.MapGet("/api/podium/v1/apps/{app_id}/accounts", AccountsAsync);
        endpoints.MapGet("/api/podium/v1/apps/{app_id}/entitlements", EntitlementsAsync);
        endpoints.MapInventory();
    }

    private static async Task<AppAnswer> CreateAsync(HttpContext context, AppList apps, PeopleList people, AddApp add, CancellationToken cancellationToken)
    {
        var caller = context.SignedInCaller();
        var request = await context.ReadBodyAsync<CreateAppRequest>(cancellationToken);
        List<long> owners = [];
        foreach (var id in request.Owners ?? [])
        {
            owners.Add(Ksuid.TryParse(id, out var parsed) && await people.FindAsync(parsed, cancellationToken) is { Person: { DeletedAt: null } person }
                ? person.Id
                : throw new Refusal("One of the owners is no user.", "owners"));
        }

        var app = await add.RunAsync(request.DisplayName ?? "", request.Description ?? "", owners.Count == 0 ? [caller.PersonId] : owners, caller.Actor, cancellationToken);
        return new(AppModel.Of(await apps.FindAsync(caller, app.PublicId.ToString(), cancellationToken)));
    }

    private static async Task<AppsAnswer> SearchAsync(HttpContext context, AppList apps, CancellationToken cancellationToken)
    {
        var request = await context.ReadBodyAsync<SearchAppsRequest>(cancellationToken);
        var (query, name) = (SearchableText.Of(request.Query ?? ""), SearchableText.Of(request.DisplayName ?? ""));
        var found = (await apps.AllAsync(context.SignedInCaller(), cancellationToken)).Where(row =>
            !request.OnlyDirectories
            && SearchableText.Of(row.App.DisplayName) is var text && text.Contains(query, StringComparison.Ordinal) && text.Contains(name, StringComparison.Ordinal)
            && (request.AppIds is null or [] || request.AppIds.Contains(row.App.PublicId.ToString(), StringComparer.Ordinal))
            && request.ExcludeAppIds?.Contains(row.App.PublicId.ToString(), StringComparer.Ordinal) != true);
        // Clients that ask for one app by name take the first row, whatever it is.
        List<AppRow> ordered = name.Length == 0 ? [.. found] : [.. found.OrderBy(row => SearchableText.Of(row.App.DisplayName) != name)];
        var question = string.Join('\n', "search apps", query, name, string.Join(' ', request.AppIds ?? []), string.Join(' ', request.ExcludeAppIds ?? []), request.OnlyDirectories);
        return AppsAnswer.Of(question, ordered, ApiPage.Of(request.PageSize, request.PageToken));
    }

    private static async Task<AppUsersAnswer> AccountsAsync(HttpContext context, AppList apps, AccountList accounts, CancellationToken cancellationToken)
    {
        var app = (await apps.FindAsync(context.SignedInCaller(), context.RouteText("app_id"), cancellationToken)).App;
        var request = context.Page();
        var page = await accounts.PageAsync(new() { AppId = app.Id, AsOf = context.QueryMoment("as_of"), Text = context.QueryText("query") }, new(request.Size, request.Token), cancellationToken);
        return new([.. page.Rows.Select(row => new AppUserView(AppUserModel.Of(row, app.PublicId)))], page.Next ?? "");
    }

    private static async Task<AppEntitlementsAnswer> EntitlementsAsync(HttpContext context, AppList apps, EntitlementList entitlements, CancellationToken cancellationToken)
    {
        var app = (await apps.FindAsync(context.SignedInCaller(), context.RouteText("app_id"), cancellationToken)).App;
        var request = context.Page();
        var page = await entitlements.PageAsync(new() { AppId = app.Id, AsOf = context.QueryMoment("as_of"), Text = context.QueryText("query") }, new(request.Size, request.Token), cancellationToken);
        return new([.. page.Rows.Select(row => new AppEntitlementView(AppEntitlementModel.Of(row, app.PublicId)))], page.Next ?? "");
    }

    private static async Task<AppEntitlementAnswer> EntitlementAsync(HttpContext context, AppList apps, EntitlementList entitlements, CancellationToken cancellationToken)
    {
        var app = (await apps.FindAsync(context.SignedInCaller(), context.RouteText("app_id"), cancellationToken)).App;
        var id = context.RouteText("id");
        // Both ids are checked together: an entitlement of another app is not here.
        return InventoryId.TryParse(InventoryKind.Entitlement, id, out var key) && await entitlements.FindAsync(key, asOf: null, cancellationToken) is { } row && row.AppId == app.Id
            ? new(new(AppEntitlementModel.Of(row, app.PublicId)))
            : throw ApiException.NotFound("entitlement", id);
    }
}
