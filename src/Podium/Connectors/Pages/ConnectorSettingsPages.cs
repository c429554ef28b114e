using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Connectors.Pages;

/// <summary>The settings of a connector: its form, made of its own schema; its name; how often it is read.</summary>
internal static class ConnectorSettingsPages
{
    private const string Prefix = "setting.";

    public static void MapConnectorSettingsPages(this WebApplication application)
    {
        application.MapGet("/connectors/{id}/settings", ShowAsync);
        application.MapForm("/connectors/{id}/settings", SaveAsync);
        application.MapForm("/connectors/{id}/rename", RenameAsync);
        application.MapForm("/connectors/{id}/schedule", ScheduleAsync);
    }

    /// <summary>The name of the input of a setting.</summary>
    public static string Input(string setting) => Prefix + setting;

    private static async Task<IResult> ShowAsync(string id, HttpContext context, ConnectorPageLoader loader)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        return Page.Of<ConnectorSettingsPage, ConnectorPageModel>(
            (await WithFormAsync(model, context)) with { Said = ConnectorWords.Said(context.Request.Query["said"]) });
    }

    private static async Task<IResult> SaveAsync(string id, HttpContext context, ConnectorPageLoader loader, SaveConnectorSettings save)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var shown = await WithFormAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        var values = Read(shown.Schema, form);
        if (form["saved-at"] != SavedAt(model))
        {
            return await AgainAsync(shown, values, "", "Somebody else saved these settings while you had them open. What you typed is below; secrets have to be typed again.");
        }

        try
        {
            await save.RunAsync(model.Connector.Id, values, context.SignedInCaller().Actor, context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            return await AgainAsync(shown, values, refusal.Field ?? "", refusal.Message);
        }

        return Page.SeeOther($"{model.Path}?said=saved");
    }

    private static async Task<IResult> RenameAsync(string id, HttpContext context, ConnectorPageLoader loader, RenameConnector rename)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        try
        {
            await rename.RunAsync(model.Connector.Id, form["name"], form["description"], context.SignedInCaller().Actor, context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            return await AgainAsync(await WithFormAsync(model, context), null, "name", refusal.Message);
        }

        return Page.SeeOther($"{model.Path}/settings?said=renamed");
    }

    private static async Task<IResult> ScheduleAsync(string id, HttpContext context, ConnectorPageLoader loader, ScheduleConnector schedule)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        try
        {
            var minutes = int.TryParse(form["minutes"], out var number) ? number : throw new Refusal("The time between two syncs is a whole number of minutes.");
            await schedule.RunAsync(model.Connector.Id, TimeSpan.FromMinutes(minutes), context.SignedInCaller().Actor, context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            return await AgainAsync(await WithFormAsync(model, context), null, "minutes", refusal.Message);
        }

        return Page.SeeOther($"{model.Path}/settings?said=scheduled");
    }

    /// <summary>Which settings the form was made of: who saves over somebody else's is told.</summary>
    public static string SavedAt(ConnectorPageModel model) => model.Connector.SettingsSavedAt?.ToString() ?? "";

    private static Task<IResult> AgainAsync(ConnectorPageModel shown, IReadOnlyDictionary<string, string>? values, string field, string problem)
        => Task.FromResult(Page.Of<ConnectorSettingsPage, ConnectorPageModel>(
            shown with
            {
                // Secrets do not go back to the browser, not even those that it has just sent.
                Values = values is null ? shown.Values : values.Where(pair => !shown.Schema.Fields.Any(known => known.Name == pair.Key && known.IsSecret)).ToDictionary(StringComparer.Ordinal),
                Problems = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem },
            },
            StatusCodes.Status422UnprocessableEntity));

    private static async Task<ConnectorPageModel> WithFormAsync(ConnectorPageModel model, HttpContext context)
    {
        var services = context.RequestServices;
        var catalog = services.GetRequiredService<ConnectorCatalog>();
        if (catalog.Find(model.Connector.CatalogId) is not { } entry || model.Connector.Hosting == ConnectorHosting.SelfHosted)
        {
            return model;
        }

        try
        {
            var schema = await catalog.SchemaAsync(entry, context.RequestAborted);
            var stored = await StoredAsync(model, services, context.RequestAborted);
            var secrets = schema.Fields.Where(field => field.IsSecret).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
            return model with
            {
                Schema = schema,
                Values = stored.Where(pair => !secrets.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal),
                Kept = stored.Keys.Where(secrets.Contains).ToHashSet(StringComparer.Ordinal),
            };
        }
        catch (Refusal refusal)
        {
            return model with { Problems = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = refusal.Message } };
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> StoredAsync(ConnectorPageModel model, IServiceProvider services, CancellationToken cancellationToken)
    {
        var id = model.Connector.Id;
        var sealedSettings = await services.GetRequiredService<Database>().ReadAsync(context
            => context.Set<Connector>().Where(connector => connector.Id == id).Select(connector => connector.ProtectedSettings).SingleOrDefaultAsync(cancellationToken));
        return sealedSettings is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : services.GetRequiredService<SettingsVault>().Open(model.Connector.PublicId, sealedSettings);
    }

    private static Dictionary<string, string> Read(CatalogSchema schema, PostedForm form)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var method = schema.Methods.FirstOrDefault(each => each.Name == form[Input(CatalogSchema.MethodField)]) ?? schema.DefaultMethod;
        if (method is not null)
        {
            values[CatalogSchema.MethodField] = method.Name;
        }

        foreach (var field in schema.Fields)
        {
            // The form holds the fields of every method; those of the others are not meant.
            if (method is not null && !method.Fields.Contains(field.Name) && schema.Methods.Any(other => other.Fields.Contains(field.Name)))
            {
                continue;
            }

            var name = method is not null && method.Fields.Contains(field.Name) ? Input($"{method.Name}.{field.Name}") : Input(field.Name);
            if (field.Kind == CatalogFieldKind.Switch)
            {
                values[field.Name] = form.Has(name) ? "true" : "false";
            }
            else if ((field.IsSecret ? form.Exact(name) : form[name]) is { Length: > 0 } value)
            {
                values[field.Name] = value;
            }
        }

        return values;
    }
}
