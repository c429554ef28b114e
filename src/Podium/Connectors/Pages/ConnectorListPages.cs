using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Connectors.Catalog;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Connectors.Pages;

/// <summary>The list of connectors, and adding one: what, then where it belongs.</summary>
internal static class ConnectorListPages
{
    private static readonly IReadOnlyList<ListColumn<ConnectorRow>> Columns =
    [
        new("connector", "Connector", row => row.DisplayName) { IsSortable = true },
        new("state", "State", row => row.ChipText),
        new("last_sync", "Last sync", row => row.LastSync?.AsOf) { IsSortable = true },
        new("app", "App", row => row.AppName) { IsOptional = true },
        new("accounts", "Accounts", row => row.LastSync?.Accounts) { IsNumber = true, IsOptional = true },
        new("grants", "Grants", row => row.LastSync?.Grants) { IsNumber = true, IsOptional = true },
        new("next", "Next", row => row.NextSyncAt) { IsOptional = true },
        new("kind", "Kind", row => row.CatalogName) { IsOptional = true, IsExtra = true },
        new("version", "Version", row => row.Version) { IsOptional = true, IsExtra = true },
        new("id", "Id", row => row.PublicId.ToString()) { IsOptional = true, IsExtra = true },
    ];

    public static void MapConnectorListPages(this WebApplication application)
    {
        application.MapGet("/connectors", ListAsync);
        application.MapGet("/connectors/add", Choose);
        application.MapGet("/connectors/add/{entry}", ShowAddAsync);
        application.MapForm("/connectors/add/{entry}", AddAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ConnectorList connectors, ConnectorAccess access)
    {
        var caller = context.SignedInCaller();
        var address = PageAddress.Of(context.Request);
        var all = await access.SeenAsync(caller, await connectors.AllAsync(new(), context.RequestAborted), context.RequestAborted);
        var fit = all
            .Where(row => address["q"] is not { } text || row.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase) || row.AppName.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Where(row => address["state"] != "attention" || NeedsSomebody(row))
            .Where(row => address["runs"] switch { "here" => row.Hosting == ConnectorHosting.Hosted, "elsewhere" => row.Hosting == ConnectorHosting.SelfHosted, _ => true });
        List<ConnectorRow> sorted =
        [
            .. address["sort"] switch
            {
                "-connector" => fit.Reverse(),
                "last_sync" => fit.OrderBy(row => row.LastSync?.AsOf ?? default),
                "-last_sync" => fit.OrderByDescending(row => row.LastSync?.AsOf ?? default),
                _ => fit,
            },
        ];
        if (ListFile.Of(context, "connectors", Columns, sorted.ToAsyncEnumerable) is { } file)
        {
            return file;
        }

        var page = MemoryPage.Of(sorted, address);
        return Page.Of<ConnectorsPage, ConnectorsModel>(new(
            new()
            {
                Address = address,
                Label = "Connectors",
                Columns = Columns,
                Rows = page.Rows,
                Total = sorted.Count == all.Count ? Counted.Text(all.Count, "connector") : $"{sorted.Count:N0} of {Counted.Text(all.Count, "connector")}",
                Next = page.Next,
                Previous = page.Previous,
                SearchHint = "Name or app",
                Chips =
                [
                    Chip("Needs somebody", "state", "attention", all.Count(NeedsSomebody)),
                    Chip("Hosted", "runs", "here", all.Count(row => row.Hosting == ConnectorHosting.Hosted)),
                    Chip("Self-hosted", "runs", "elsewhere", all.Count(row => row.Hosting == ConnectorHosting.SelfHosted)),
                ],
                DefaultSort = "connector",
            },
            ConnectorAccess.MayAdd(caller),
            ConnectorWords.Said(context.Request.Query["said"])));

        FilterChip Chip(string text, string key, string value, int count)
            => new(text, address.With(key, address[key] == value ? null : value), address[key] == value, $"{count}");
    }

    private static bool NeedsSomebody(ConnectorRow row)
        => row.Chip is ConnectorChip.NotConnected or ConnectorChip.NeedsConfirmation or ConnectorChip.NotSeen or ConnectorChip.Error;

    private static async Task<IResult> Choose(HttpContext context, ConnectorCatalog catalog, ConnectorAccess access)
    {
        await access.EnsureMayAddAsync(context.SignedInCaller(), context.RequestAborted);
        var text = context.Request.Query["q"].ToString().Trim();
        return Page.Of<ChooseConnectorPage, ChooseConnectorModel>(new(
            text,
            [.. catalog.Entries.Where(entry => entry.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase) || entry.Description.Contains(text, StringComparison.OrdinalIgnoreCase))],
            catalog.Entries.Count));
    }

    private static async Task<IResult> ShowAddAsync(string entry, HttpContext context, ConnectorCatalog catalog, ConnectorAccess access, Database database)
    {
        await access.EnsureMayAddAsync(context.SignedInCaller(), context.RequestAborted);
        return catalog.Find(entry) is { } found
            ? Page.Of<AddConnectorPage, AddConnectorModel>(new() { Entry = found, Apps = await AppsAsync(database, context.RequestAborted), Name = found.DisplayName })
            : Results.NotFound();
    }

    private static async Task<IResult> AddAsync(string entry, HttpContext context, ConnectorCatalog catalog, ConnectorAccess access, Database database, AddConnector add)
    {
        var caller = context.SignedInCaller();
        await access.EnsureMayAddAsync(caller, context.RequestAborted);
        if (catalog.Find(entry) is not { } found)
        {
            return Results.NotFound();
        }

        var form = await context.ReadPostedFormAsync();
        var apps = await AppsAsync(database, context.RequestAborted);
        var isNew = form["where"] != "existing";
        var app = apps.FirstOrDefault(each => each.PublicId.ToString() == form["app"]);
        try
        {
            if (!isNew && app is null)
            {
                throw new Refusal("Choose the app that this connector reads.", "app");
            }

            var connector = await add.RunAsync(
                new()
                {
                    CatalogId = found.Id,
                    DisplayName = form["name"],
                    AppId = isNew ? null : app!.Id,
                    NewAppName = isNew ? form["new-app"] is { Length: > 0 } name ? name : form["name"] : null,
                    OwnerIds = [caller.PersonId],
                },
                caller.Actor,
                context.RequestAborted);
            return Page.SeeOther($"/connectors/{connector.PublicId}/{(connector.Hosting == ConnectorHosting.Hosted ? "settings" : "deploy")}?said=added");
        }
        catch (Refusal refusal)
        {
            return Page.Of<AddConnectorPage, AddConnectorModel>(
                new()
                {
                    Entry = found,
                    Apps = apps,
                    Name = form["name"],
                    NewApp = form["new-app"],
                    IsExisting = !isNew,
                    App = form["app"],
                    Field = refusal.Field is "app" or "appId" ? "app" : "name",
                    Problem = refusal.Message,
                },
                StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static Task<List<App>> AppsAsync(Database database, CancellationToken cancellationToken)
        => database.ReadAsync(context => context.Set<App>().Where(app => app.DeletedAt == null).OrderBy(app => app.DisplayName).ToListAsync(cancellationToken));
}

internal sealed record ConnectorsModel(ListView<ConnectorRow> List, bool MayAdd, string? Said);

internal sealed record ChooseConnectorModel(string Text, IReadOnlyList<CatalogEntry> Entries, int Known);

internal sealed record AddConnectorModel
{
    public required CatalogEntry Entry { get; init; }

    public required IReadOnlyList<App> Apps { get; init; }

    public required string Name { get; init; }

    public string NewApp { get; init; } = "";

    public bool IsExisting { get; init; }

    /// <summary>The public id of the one that was chosen.</summary>
    public string App { get; init; } = "";

    public string? Field { get; init; }

    public string? Problem { get; init; }
}
