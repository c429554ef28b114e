using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Inventory.Lists;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Connectors.Pages;

/// <summary>The overview and the log of a connector, and what is done by one button.</summary>
internal static class ConnectorPages
{
    private const int ShownSyncs = 20;
    private const int ShownLines = 200;
    private const int MostLines = 5_000;

    public static void AddConnectorPages(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorPageLoader>();
        services.AddSingleton<TypedSecrets>();
    }

    public static void MapConnectorPages(this WebApplication application)
    {
        application.MapConnectorListPages();
        application.MapConnectorSettingsPages();
        application.MapConnectorDeployPages();
        application.MapHeldSyncPages();
        application.MapConnectorDeletePages();
        application.MapGet("/connectors/{id}", OverviewAsync);
        application.MapGet("/connectors/{id}/log", LogAsync);
        application.MapGet("/connectors/{id}/live", ConnectorLive.StreamAsync);
        application.MapForm("/connectors/{id}/sync", (string id, HttpContext context, ConnectorPageLoader loader, SyncNow use)
            => ActAsync(id, "sync", context, loader, (connector, caller) => use.RunAsync(connector.Id, caller.Actor, context.RequestAborted)));
        application.MapForm("/connectors/{id}/pause", (string id, HttpContext context, ConnectorPageLoader loader, PauseConnector use)
            => ActAsync(id, "paused", context, loader, (connector, caller) => use.RunAsync(connector.Id, caller.Actor, context.RequestAborted)));
        application.MapForm("/connectors/{id}/resume", (string id, HttpContext context, ConnectorPageLoader loader, ResumeConnector use)
            => ActAsync(id, "resumed", context, loader, (connector, caller) => use.RunAsync(connector.Id, caller.Actor, context.RequestAborted)));
    }

    /// <summary>What the overview shows, also of a connector whose button could not do what it says.</summary>
    public static async Task<ConnectorPageModel> OverviewOfAsync(ConnectorPageModel model, HttpContext context)
    {
        var services = context.RequestServices;
        var end = context.RequestAborted;
        var journal = services.GetRequiredService<ConnectorJournal>();
        return model with
        {
            Syncs = await services.GetRequiredService<SyncList>().OfAsync(model.Connector.Id, before: null, ShownSyncs, end),
            Lines = await journal.LinesAsync(model.Connector, after: null, ShownLines, end),
            Counts = await services.GetRequiredService<InventoryCounts>().OfAppAsync(model.Connector.AppId, null, end),
            Capabilities = ConnectorCapability.Of(model.Connector.Metadata),
        };
    }

    private static async Task<IResult> OverviewAsync(string id, HttpContext context, ConnectorPageLoader loader)
        => await loader.FindAsync(id, ConnectorTab.Overview, context) is { } model
            ? Page.Of<ConnectorOverviewPage, ConnectorPageModel>((await OverviewOfAsync(model, context)) with { Said = ConnectorWords.Said(context.Request.Query["said"]) })
            : Results.NotFound();

    private static async Task<IResult> LogAsync(string id, HttpContext context, ConnectorPageLoader loader, ConnectorJournal journal)
    {
        if (await loader.FindAsync(id, ConnectorTab.Log, context) is not { } model)
        {
            return Results.NotFound();
        }

        var level = Enum.TryParse<JournalLevel>(context.Request.Query["level"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : (JournalLevel?)null;
        var isFile = context.Request.Query["format"] == "text";
        var lines = await journal.LinesAsync(model.Connector, after: null, isFile || level is not null ? MostLines : ShownLines, context.RequestAborted);
        if (level is not null)
        {
            lines = [.. lines.Where(line => line.Level == level)];
        }

        return isFile
            ? Results.Text(string.Concat(lines.Select(line => $"{line.At} {line.Level} {line.Text}\n")), "text/plain", System.Text.Encoding.UTF8)
            : Page.Of<ConnectorLogPage, ConnectorPageModel>(model with { Lines = lines, Level = level });
    }

    private static async Task<IResult> ActAsync(
        string id, string said, HttpContext context, ConnectorPageLoader loader, Func<ConnectorRow, Caller, Task> act)
    {
        if (await loader.FindAsync(id, ConnectorTab.Overview, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        try
        {
            await act(model.Connector, context.SignedInCaller());
        }
        catch (Refusal refusal)
        {
            var shown = await OverviewOfAsync(model, context);
            return Page.Of<ConnectorOverviewPage, ConnectorPageModel>(
                shown with { Problems = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = refusal.Message } }, StatusCodes.Status422UnprocessableEntity);
        }

        return Page.SeeOther($"{model.Path}?said={said}");
    }
}
