using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Connectors.Syncs;
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
        application.MapForm("/connectors/{id}/owners", OwnersAsync);
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

    // One form, three buttons: try and save, only try, and after a try that failed, save anyway.
    private static async Task<IResult> SaveAsync(string id, HttpContext context, ConnectorPageLoader loader, SaveConnectorSettings save, TryConnectorSettings attempt, TypedSecrets typed)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var caller = context.SignedInCaller();
        var shown = await WithFormAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        var values = Read(shown.Schema, form);
        foreach (var (name, secret) in typed.Open(model.Connector.PublicId, caller.PersonId, form["typed"]).Where(pair => IsMeant(shown.Schema, values, pair.Key)))
        {
            values.TryAdd(name, secret);
        }

        var secrets = values.Where(pair => shown.Schema.Fields.Any(field => field.Name == pair.Key && field.IsSecret)).ToDictionary(StringComparer.Ordinal);
        shown = shown with
        {
            Values = values.Where(pair => !secrets.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal),
            Typed = secrets.Keys.ToHashSet(StringComparer.Ordinal),
            SealedSecrets = typed.Seal(model.Connector.PublicId, caller.PersonId, secrets),
        };
        var version = new SettingsVersion(long.TryParse(form["saved-at"], NumberStyles.None, CultureInfo.InvariantCulture, out var savedAt) ? new Moment(savedAt) : null);
        var wish = form["do"];
        try
        {
            if (wish != "save-anyway")
            {
                await attempt.RunAsync(model.Connector.Id, values, caller.Actor, context.RequestAborted);
            }

            if (wish == "try")
            {
                return Page.Of<ConnectorSettingsPage, ConnectorPageModel>(shown with { Said = "It works: the application takes these settings. They are not saved yet." });
            }

            await save.RunAsync(model.Connector.Id, values, caller.Actor, context.RequestAborted, version);
        }
        catch (SettingsOvertaken)
        {
            return await AgainAsync(shown, "", "Somebody else saved these settings while you had them open. What you typed is below: save again to replace theirs.");
        }
        catch (Refusal refusal)
        {
            return await AgainAsync(shown with { MaySaveAnyway = wish != "save-anyway" && refusal is TrialRefusal }, refusal.Field ?? "", refusal.Message);
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
            return await AgainAsync(await WithFormAsync(model, context), "name", refusal.Message);
        }

        return Page.SeeOther($"{model.Path}/settings?said=renamed");
    }

    private static async Task<IResult> ScheduleAsync(string id, HttpContext context, ConnectorPageLoader loader, ScheduleConnector schedule, TimeProvider clock)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        await loader.EnsureMayChangeAsync(model, context);
        var form = await context.ReadPostedFormAsync();
        try
        {
            var times = form["by"] == "cron" ? SyncTimes.Cron(form["cron"], form["zone"], clock.Now())
                : int.TryParse(form["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? SyncTimes.Every(TimeSpan.FromMinutes(minutes))
                : throw new Refusal("The time between two syncs is a whole number of minutes.", "minutes");
            await schedule.RunAsync(model.Connector.Id, times, context.SignedInCaller().Actor, context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            return await AgainAsync((await WithFormAsync(model, context)) with { Posted = form.Typed("by", "minutes", "cron", "zone") }, refusal.Field ?? "", refusal.Message);
        }

        return Page.SeeOther($"{model.Path}/settings?said=scheduled");
    }

    private static async Task<IResult> OwnersAsync(string id, HttpContext context, ConnectorPageLoader loader, SetConnectorOwners set, Database database)
    {
        if (await loader.FindAsync(id, ConnectorTab.Settings, context) is not { } model)
        {
            return Results.NotFound();
        }

        var form = await context.ReadPostedFormAsync();
        try
        {
            var owners = await ConnectorOwners.FindAsync(database, form["owners"], context.RequestAborted);
            await set.RunAsync(model.Connector.Id, owners, context.SignedInCaller().Actor, context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            return await AgainAsync((await WithFormAsync(model, context)) with { Posted = form.Typed("owners") }, "owners", refusal.Message);
        }

        return Page.SeeOther($"{model.Path}/settings?said=owners");
    }

    /// <summary>Which settings the form was made of: who saves over somebody else's is told.</summary>
    public static string SavedAt(ConnectorPageModel model) => model.Connector.SettingsSavedAt?.Microseconds.ToString(CultureInfo.InvariantCulture) ?? "";

    private static Task<IResult> AgainAsync(ConnectorPageModel shown, string field, string problem)
        => Task.FromResult(Page.Of<ConnectorSettingsPage, ConnectorPageModel>(
            shown with { Problems = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem } },
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
            if (!IsMeant(schema, values, field.Name))
            {
                continue;
            }

            var name = method is not null && method.Fields.Contains(field.Name, StringComparer.Ordinal) ? Input($"{method.Name}.{field.Name}") : Input(field.Name);
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

    // The form holds the fields of every method; those of the others are not meant.
    private static bool IsMeant(CatalogSchema schema, Dictionary<string, string> values, string field)
        => schema.Methods.FirstOrDefault(one => one.Name == values.GetValueOrDefault(CatalogSchema.MethodField)) is not { } method
            || method.Has(field)
            || !schema.Methods.Any(other => other.Has(field));
}
