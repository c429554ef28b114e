using Podium.Api;
using Podium.Inventory;
using Podium.Inventory.Lists;
using Podium.SignIn;

namespace Podium.Apps.Api;

/// <summary>What is in an app besides accounts and entitlements: resources, who holds what, what changed, how much it is; as of any moment.</summary>
internal static class InventoryEndpoints
{
    private const string App = "/api/v1/apps/{app_id}";
    private const string Own = "/api/podium/v1/apps/{app_id}";

    public static void MapInventory(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(App + "/resource_types", TypesAsync);
        endpoints.MapGet(App + "/resource_types/{app_resource_type_id}/resources", ResourcesAsync);
        endpoints.MapGet(Own + "/resources", ResourcesAsync);
        endpoints.MapGet(Own + "/grants", GrantsAsync);
        endpoints.MapGet(Own + "/changes", ChangesAsync);
        endpoints.MapGet(Own + "/counts", async (HttpContext context, AppList apps, InventoryCounts counts, CancellationToken cancellationToken) =>
        {
            var app = await FindAsync(context, apps, cancellationToken);
            return new CountsAnswer(await counts.OfAppAsync(app.App.Id, context.QueryMoment("as_of"), cancellationToken));
        });
    }

    private static async Task<ResourceTypesAnswer> TypesAsync(HttpContext context, AppList apps, ResourceTypeList types, CancellationToken cancellationToken)
    {
        var app = await FindAsync(context, apps, cancellationToken);
        var (part, next) = WholeList.Page($"resource types {app.App.Id}", await types.OfAppAsync(app.App.Id, cancellationToken), row => row.PublicId.ToString(), context.Page());
        return new([.. part.Select(row => new ResourceTypeView(ResourceTypeModel.Of(row, app.App.PublicId)))], next);
    }

    private static async Task<ResourcesAnswer> ResourcesAsync(HttpContext context, AppList apps, ResourceList resources, CancellationToken cancellationToken)
    {
        var app = await FindAsync(context, apps, cancellationToken);
        var type = context.QueryKey("type_id", InventoryKind.ResourceType);
        if (context.Request.RouteValues["app_resource_type_id"] is string id)
        {
            type = InventoryId.TryParse(InventoryKind.ResourceType, id, out var key) ? key : throw ApiException.NotFound("resource type", id);
        }

        var request = context.Page();
        var page = await resources.PageAsync(
            new()
            {
                AppId = app.App.Id,
                AsOf = context.QueryMoment("as_of"),
                Text = context.QueryText("query"),
                TypeId = type,
                ParentId = context.QueryKey("parent_id", InventoryKind.Resource),
            },
            new(request.Size, request.Token),
            cancellationToken);
        return new([.. page.Rows.Select(row => new ResourceView(ResourceModel.Of(row, app.App.PublicId)))], page.Next ?? "");
    }

    private static async Task<GrantsAnswer> GrantsAsync(HttpContext context, AppList apps, GrantList grants, AccountList accounts, EntitlementList entitlements, CancellationToken cancellationToken)
    {
        var app = await FindAsync(context, apps, cancellationToken);
        var (entitlement, account) = (context.QueryKey("entitlement_id", InventoryKind.Entitlement), context.QueryKey("account_id", InventoryKind.Account));
        if (entitlement is null == account is null)
        {
            throw new Refusal("Say whose grants: either entitlement_id or account_id.", "entitlement_id");
        }

        // Both ids are checked together: what belongs to another app is not here.
        if (entitlement is { } wanted && (await entitlements.FindAsync(wanted, asOf: null, cancellationToken))?.AppId != app.App.Id)
        {
            throw ApiException.NotFound("entitlement", context.QueryText("entitlement_id")!);
        }

        if (account is { } holder && (await accounts.FindAsync(holder, asOf: null, cancellationToken))?.AppId != app.App.Id)
        {
            throw ApiException.NotFound("account", context.QueryText("account_id")!);
        }

        var request = context.Page();
        var page = await grants.PageAsync(
            new() { AppId = app.App.Id, AsOf = context.QueryMoment("as_of"), EntitlementId = entitlement, AccountId = account, Text = context.QueryText("query") },
            new(request.Size, request.Token),
            cancellationToken);
        return new([.. page.Rows.Select(row => GrantModel.Of(row, app.App.PublicId))], page.Next ?? "");
    }

    private static async Task<ChangesAnswer> ChangesAsync(HttpContext context, AppList apps, ChangeList changes, CancellationToken cancellationToken)
    {
        var app = await FindAsync(context, apps, cancellationToken);
        var request = context.Page();
        var page = await changes.PageAsync(
            new()
            {
                AppId = app.App.Id,
                Kinds = [.. context.Request.Query["kind"].SelectMany(kinds => (kinds ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(Kind)],
                AccountId = context.QueryKey("account_id", InventoryKind.Account),
                EntitlementId = context.QueryKey("entitlement_id", InventoryKind.Entitlement),
                ResourceId = context.QueryKey("resource_id", InventoryKind.Resource),
                From = context.QueryMoment("from"),
                Until = context.QueryMoment("until"),
            },
            new(request.Size, request.Token),
            cancellationToken);
        return new([.. page.Rows.Select(ChangeModel.Of)], page.Next ?? "");
    }

    private static InventoryChangeKind Kind(string text) => Enum.GetValues<InventoryChangeKind>().Cast<InventoryChangeKind?>()
        .FirstOrDefault(kind => ChangeModel.NameOf(kind!.Value).Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new Refusal($"kind is one of {string.Join(", ", Enum.GetValues<InventoryChangeKind>().Select(ChangeModel.NameOf))}.", "kind");

    private static Task<AppRow> FindAsync(HttpContext context, AppList apps, CancellationToken cancellationToken)
        => apps.FindAsync(context.SignedInCaller(), context.RouteText("app_id"), cancellationToken);
}

/// <param name="Counts">Null when no sync was applied by then.</param>
internal sealed record CountsAnswer(AppCounts? Counts);
