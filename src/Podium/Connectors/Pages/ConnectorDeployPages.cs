using Podium.Connectors.Deployment;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Look;
using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Connectors.Pages;

/// <summary>A connector that runs elsewhere: its credentials, and what to start it with.</summary>
internal static class ConnectorDeployPages
{
    private const int ShownCredentials = 20;

    public static void MapConnectorDeployPages(this WebApplication application)
    {
        application.MapGet("/connectors/{id}/deploy", ShowAsync);
        application.MapForm("/connectors/{id}/deploy", RotateAsync);
        application.MapForm("/connectors/{id}/deploy/revoke", RevokeAsync);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, ConnectorPageLoader loader)
        => await loader.FindAsync(id, ConnectorTab.Deploy, context) is { Connector.Hosting: ConnectorHosting.SelfHosted } model
            ? Page.Of<ConnectorDeployPage, ConnectorPageModel>((await WithFilesAsync(model, null, context)) with { Said = ConnectorWords.Said(context.Request.Query["said"]) })
            : Results.NotFound();

    // The secret is in this answer and nowhere else: no redirect could carry it.
    private static async Task<IResult> RotateAsync(string id, HttpContext context, ConnectorPageLoader loader, RotateCredential rotate)
    {
        if (await loader.FindAsync(id, ConnectorTab.Deploy, context) is not { Connector.Hosting: ConnectorHosting.SelfHosted } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        TimeSpan? grace = form["grace"] switch { "none" => TimeSpan.Zero, "day" => TimeSpan.FromDays(1), _ => null };
        var made = await rotate.RunAsync(model.Connector.Id, grace, context.SignedInCaller().Actor, context.RequestAborted);
        return Page.Of<ConnectorDeployPage, ConnectorPageModel>(await WithFilesAsync(model, made, context));
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, ConnectorPageLoader loader, ConnectorCredentials credentials, RevokeCredential revoke)
    {
        if (await loader.FindAsync(id, ConnectorTab.Deploy, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        if (!Ksuid.TryParse(form["credential"], out var given) || await credentials.FindAsync(model.Connector.Id, given, context.RequestAborted) is not { } credential)
        {
            return Results.NotFound();
        }

        await revoke.RunAsync(model.Connector.Id, credential.Id, context.SignedInCaller().Actor, context.RequestAborted);
        return Page.SeeOther($"{model.Path}/deploy?said=revoked");
    }

    private static async Task<ConnectorPageModel> WithFilesAsync(ConnectorPageModel model, NewCredential? made, HttpContext context)
    {
        var services = context.RequestServices;
        var kind = Enum.TryParse<DeploymentKind>(context.Request.Query["as"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : DeploymentKind.Kubernetes;
        var rows = await services.GetRequiredService<ConnectorCredentials>().OfAsync(model.Connector.Id, before: null, ShownCredentials, context.RequestAborted);
        return model with
        {
            Credentials = rows,
            NewCredential = made,
            DeploymentKind = kind,
            DeploymentFiles = services.GetRequiredService<ConnectorDeployment>().Files(model.Connector, rows, made, kind),
        };
    }
}
