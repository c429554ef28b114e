using Podium.Connectors.UseCases;
using Podium.Inventory.Applying;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Connectors.Pages;

/// <summary>A sync that waits for a person: what would end, and the two ways out.</summary>
internal static class HeldSyncPages
{
    public static void MapHeldSyncPages(this WebApplication application)
    {
        application.MapGet("/connectors/{id}/held", ShowAsync);
        application.MapGet("/connectors/{id}/held/confirm", AskAsync);
        application.MapForm("/connectors/{id}/held/confirm", ConfirmAsync);
        application.MapForm("/connectors/{id}/held/discard", DiscardAsync);
    }

    /// <summary>What has to be typed to confirm: the grants that end, or what ends most.</summary>
    public static string NumberToType(SyncDifference difference)
        => $"{(difference.Grants.Ended > 0 ? difference.Grants.Ended : Math.Max(difference.Accounts.Ended, difference.Resources.Ended))}";

    private static async Task<IResult> ShowAsync(string id, HttpContext context, ConnectorPageLoader loader)
        => await FindAsync(id, context, loader) is { } model
            ? model.Difference is null ? Page.SeeOther(model.Path) : Page.Of<HeldSyncPage, ConnectorPageModel>(model)
            : Results.NotFound();

    private static async Task<IResult> AskAsync(string id, HttpContext context, ConnectorPageLoader loader)
    {
        if (await FindAsync(id, context, loader) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        return model.Difference is null ? Page.SeeOther(model.Path) : Page.Of<ConfirmSyncPage, ConnectorPageModel>(model);
    }

    private static async Task<IResult> ConfirmAsync(string id, HttpContext context, ConnectorPageLoader loader, DecideHeldSync decide)
    {
        if (await FindAsync(id, context, loader) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        if (model.Connector.HeldSync is not { } held || model.Difference is not { } difference || held.PublicId.ToString() != form["sync"])
        {
            // It is another one than was looked at, or none any more: nothing is confirmed by mistake.
            return Page.SeeOther($"{model.Path}?said=decided");
        }

        if (form["number"].Replace(",", "", StringComparison.Ordinal) != NumberToType(difference))
        {
            return Page.Of<ConfirmSyncPage, ConnectorPageModel>(
                model with { Problems = new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = $"This is not {NumberToType(difference)}. Nothing was applied." } },
                StatusCodes.Status422UnprocessableEntity);
        }

        try
        {
            // Whoever closes the window does not stop it: it is one transaction.
            var outcome = await decide.ConfirmAsync(held.Id, context.SignedInCaller().Actor, CancellationToken.None);
            return Page.SeeOther($"{model.Path}?said={(outcome.State == SyncState.Applied ? "confirmed" : "decided")}");
        }
        catch (Refusal)
        {
            return Page.SeeOther($"{model.Path}?said=decided");
        }
    }

    private static async Task<IResult> DiscardAsync(string id, HttpContext context, ConnectorPageLoader loader, DecideHeldSync decide)
    {
        if (await FindAsync(id, context, loader) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        if (model.Connector.HeldSync is not { } held || held.PublicId.ToString() != form["sync"])
        {
            return Page.SeeOther($"{model.Path}?said=decided");
        }

        try
        {
            await decide.DiscardAsync(held.Id, context.SignedInCaller().Actor, context.RequestAborted);
            return Page.SeeOther($"{model.Path}?said=discarded");
        }
        catch (Refusal)
        {
            return Page.SeeOther($"{model.Path}?said=decided");
        }
    }

    private static async Task<ConnectorPageModel?> FindAsync(string id, HttpContext context, ConnectorPageLoader loader)
    {
        var model = await loader.FindAsync(id, ConnectorTab.Overview, context);
        return model?.Connector.HeldSync?.Difference is { } json ? model with { Difference = SyncDifference.Parse(json) } : model;
    }
}
