using Podium.Connectors.UseCases;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Connectors.Pages;

/// <summary>Deleting a connector: a page of its own, which says what ends in numbers.</summary>
internal static class ConnectorDeletePages
{
    public static void MapConnectorDeletePages(this WebApplication application)
    {
        application.MapGet("/connectors/{id}/delete", AskAsync);
        application.MapForm("/connectors/{id}/delete", DeleteAsync);
    }

    private static async Task<IResult> AskAsync(string id, HttpContext context, ConnectorPageLoader loader, ConnectorAccess access, DeleteConnector delete)
    {
        await access.EnsureMayAddAsync(context.SignedInCaller(), context.RequestAborted);
        return await loader.FindAsync(id, ConnectorTab.Overview, context) is { } model
            ? Page.Of<ConnectorDeletePage, ConnectorPageModel>(model with { Deletion = await delete.NumbersAsync(model.Connector.Id, context.RequestAborted) })
            : Results.NotFound();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, ConnectorPageLoader loader, ConnectorAccess access, DeleteConnector delete)
    {
        var caller = context.SignedInCaller();
        await access.EnsureMayAddAsync(caller, context.RequestAborted);
        if (await loader.FindAsync(id, ConnectorTab.Overview, context) is not { } model)
        {
            return Results.NotFound();
        }

        var form = await context.ReadPostedFormAsync();
        if (form["name"] != Plain.Text(model.Connector.DisplayName).Trim())
        {
            return Page.Of<ConnectorDeletePage, ConnectorPageModel>(
                model with
                {
                    Deletion = await delete.NumbersAsync(model.Connector.Id, context.RequestAborted),
                    Problems = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "This is not the connector's name." },
                },
                StatusCodes.Status422UnprocessableEntity);
        }

        await delete.RunAsync(model.Connector.Id, form["app"] == "delete", caller.Actor, context.RequestAborted);
        return Page.SeeOther("/connectors?said=deleted");
    }
}
