using Baton.Evidence.Accounts;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Lists;
using Podium.Data;
using Podium.Inventory.Lists;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Apps;

/// <summary>The list of apps, and the overview of one.</summary>
internal static class AppPages
{
    private const int ShownChanges = 8;
    private const int ShownPrivileged = 8;

    private static readonly IReadOnlyList<ListColumn<AppListRow>> Columns =
    [
        new("app", "App", row => row.App.DisplayName) { IsSortable = true },
        new("state", "Connector", row => row.Connectors.Count == 0 ? "none" : row.Connectors[0].ChipText),
        new("accounts", "Accounts", row => row.Counts?.Accounts) { IsNumber = true, IsOptional = true },
        new("entitlements", "Entitlements", row => row.Counts?.Entitlements) { IsNumber = true, IsOptional = true },
        new("grants", "Grants", row => row.Counts?.Grants) { IsNumber = true, IsOptional = true },
        new("as_of", "Last sync", row => row.Counts?.AsOf) { IsOptional = true },
        new("id", "Id", row => row.App.PublicId.ToString()) { IsExtra = true, IsOptional = true },
    ];

    public static void AddAppPages(this IServiceCollection services)
    {
        services.AddSingleton<AppAccess>();
        services.AddSingleton<AppPageLoader>();
    }

    public static void MapAppPages(this WebApplication application)
    {
        application.MapGet("/apps", ListAsync);
        application.MapGet("/apps/{app}", OverviewAsync);
        application.MapInventoryPages();
        application.MapInventoryDetailPages();
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, ConnectorList connectors, InventoryCounts counts)
    {
        var end = context.RequestAborted;
        var address = PageAddress.Of(context.Request);
        var caller = context.SignedInCaller();
        var apps = await database.ReadAsync(data => AppAccess.Seen(data, caller).ToListAsync(end));
        if (apps.Count == 0 && !AppAccess.MaySeeAll(caller))
        {
            throw new ForbiddenException("An app is for its owners and for administrators." + await WhoCanHelp.SentenceAsync(database, Role.ConnectorAdministrator, end));
        }

        var byApp = (await connectors.AllAsync(new ConnectorFilter(), end)).ToLookup(connector => connector.AppId);
        var isUnmanaged = address["kind"] == "unmanaged";
        var isManaged = address["kind"] == "managed";
        var fit = apps
            .Where(app => address["q"] is not { } text || app.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Where(app => !isManaged || byApp[app.Id].Any())
            .Where(app => !isUnmanaged || !byApp[app.Id].Any());
        var sorted = (address["sort"] == "-app" ? fit.OrderDescending(ByName) : fit.Order(ByName)).ToList();
        var page = MemoryPage.Of(sorted, address);
        var rows = new List<AppListRow>(page.Rows.Count);
        foreach (var app in page.Rows)
        {
            rows.Add(await RowAsync(app));
        }

        return ListFile.Of(context, "apps", Columns, AllAsync) ?? Page.Of<AppsPage, ListView<AppListRow>>(new()
        {
            Address = address,
            Label = "Apps",
            Columns = Columns,
            Rows = rows,
            Total = sorted.Count == apps.Count ? Counted.Text(apps.Count, "app") : $"{sorted.Count:N0} of {Counted.Text(apps.Count, "app")}",
            Next = page.Next,
            Previous = page.Previous,
            SearchHint = "Name",
            Chips =
            [
                new("Managed apps", address.With("kind", isManaged ? null : "managed"), isManaged, $"{apps.Count(app => byApp[app.Id].Any())}"),
                new("Without a connector", address.With("kind", isUnmanaged ? null : "unmanaged"), isUnmanaged, $"{apps.Count(app => !byApp[app.Id].Any())}"),
            ],
            DefaultSort = "app",
        });

        async Task<AppListRow> RowAsync(App app) => new(app, [.. byApp[app.Id]], await counts.OfAppAsync(app.Id, null, end));

        async IAsyncEnumerable<AppListRow> AllAsync()
        {
            foreach (var app in sorted)
            {
                yield return await RowAsync(app);
            }
        }
    }

    private static async Task<IResult> OverviewAsync(
        string app, HttpContext context, AppPageLoader loader, ChangeList changes, AccountList accounts, EntitlementList entitlements)
    {
        if (await loader.FindAsync(app, AppTab.Overview, context) is not { } model)
        {
            return Results.NotFound();
        }

        var end = context.RequestAborted;
        var id = model.App.Id;
        context.Give(model);
        return Page.Of<AppOverviewPage, AppOverviewModel>(new()
        {
            Changes = (await changes.PageAsync(new() { AppId = id }, new(ShownChanges), end)).Rows,
            Privileged = (await entitlements.PageAsync(new() { AppId = id, IsPrivileged = true }, new(ShownPrivileged), end)).Rows,
            Administrators = (await accounts.PageAsync(new() { AppId = id, IsAdministrator = true }, new(1), end)).Count,
            Disabled = (await accounts.PageAsync(new() { AppId = id, Status = AccountStatus.Disabled }, new(1), end)).Count,
            Never = (await accounts.PageAsync(new() { AppId = id, LastSeen = LastSeenQuality.Never }, new(1), end)).Count,
            Machines = (await accounts.PageAsync(new() { AppId = id, Kind = AccountKind.Service }, new(1), end)).Count,
        });
    }

    private static IComparer<App> ByName { get; } = Comparer<App>.Create((left, right)
        => string.Compare(left.DisplayName, right.DisplayName, StringComparison.OrdinalIgnoreCase) is not 0 and var order ? order : left.Id.CompareTo(right.Id));
}

internal sealed record AppListRow(App App, IReadOnlyList<ConnectorRow> Connectors, AppCounts? Counts);

internal sealed record AppOverviewModel
{
    public required IReadOnlyList<ChangeRow> Changes { get; init; }

    public required IReadOnlyList<EntitlementRow> Privileged { get; init; }

    public required CappedCount Administrators { get; init; }

    public required CappedCount Disabled { get; init; }

    public required CappedCount Never { get; init; }

    public required CappedCount Machines { get; init; }
}
