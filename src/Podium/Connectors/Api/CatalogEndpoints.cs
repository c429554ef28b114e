using System.Text.Json.Nodes;
using Podium.Api;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>What can be added, with the form of its settings. The other API has the form of one entry, and no list.</summary>
internal static class CatalogEndpoints
{
    public static void MapCatalog(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/connectorcatalog", async (HttpContext context, ConnectorCatalog catalog, CancellationToken cancellationToken) =>
        {
            var request = await context.ReadBodyAsync<ConfigurationSchemaRequest>(cancellationToken);
            var entry = Find(catalog, request.CatalogId ?? "");
            return new ConfigurationSchemaAnswer(FormModel.Of(entry, await catalog.SchemaAsync(entry, cancellationToken)));
        });
        endpoints.MapGet("/api/podium/v1/catalog", async (HttpContext context, ConnectorCatalog catalog, CancellationToken cancellationToken) =>
        {
            var (part, next) = WholeList.Page("catalog", catalog.Entries, entry => entry.Id, context.Page());
            List<CatalogEntryModel> models = [];
            foreach (var entry in part)
            {
                models.Add(await ModelAsync(catalog, entry, cancellationToken));
            }

            return new CatalogAnswer(models, next);
        });
        endpoints.MapGet("/api/podium/v1/catalog/{id}", async (HttpContext context, ConnectorCatalog catalog, CancellationToken cancellationToken)
            => new CatalogEntryAnswer(await ModelAsync(catalog, Find(catalog, context.RouteText("id")), cancellationToken)));
        endpoints.MapPost("/api/podium/v1/catalog/{id}/validate", async (HttpContext context, ConnectorCatalog catalog, CheckConnectorSettings check, CancellationToken cancellationToken) =>
        {
            var entry = Find(catalog, context.RouteText("id"));
            var request = await context.ReadBodyAsync<ValidateConfigRequest>(cancellationToken);
            return await ValidateConfigAnswer.OfAsync(request, entry, values => check.OfNewAsync(entry, values, cancellationToken));
        });
        endpoints.MapPost("/api/podium/v1/connectors/{id}/validate", async (HttpContext context, ConnectorReach reach, ConnectorCatalog catalog, CheckConnectorSettings check, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindToChangeAsync(context, cancellationToken);
            var request = await context.ReadBodyAsync<ValidateConfigRequest>(cancellationToken);
            return await ValidateConfigAnswer.OfAsync(request, Find(catalog, row.CatalogId), values => check.OfConnectorAsync(row.Id, values, cancellationToken));
        });
        endpoints.MapPost("/api/podium/v1/connectors/{id}/try", async (HttpContext context, ConnectorReach reach, ConnectorCatalog catalog, TryConnectorSettings attempt, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindToChangeAsync(context, cancellationToken);
            var request = await context.ReadBodyAsync<ValidateConfigRequest>(cancellationToken);
            return await ValidateConfigAnswer.OfAsync(
                request, Find(catalog, row.CatalogId), values => attempt.RunAsync(row.Id, values, context.SignedInCaller().Actor, cancellationToken));
        });
    }

    private static CatalogEntry Find(ConnectorCatalog catalog, string id) => catalog.Find(id) ?? throw ApiException.NotFound("catalogue entry", id);

    // One executable that does not tell its settings hides neither itself nor the others.
    private static async Task<CatalogEntryModel> ModelAsync(ConnectorCatalog catalog, CatalogEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return CatalogEntryModel.Of(entry, FormModel.Of(entry, await catalog.SchemaAsync(entry, cancellationToken)), problem: "");
        }
        catch (Refusal refusal)
        {
            return CatalogEntryModel.Of(entry, form: null, refusal.Message);
        }
    }
}

internal sealed record ConfigurationSchemaRequest
{
    public string? CatalogId { get; init; }

    public string? AppId { get; init; }

    public string? ConnectorId { get; init; }
}

internal sealed record ConfigurationSchemaAnswer(FormModel FormSchema);

/// <param name="IsInstalled">Whether it can run: what runs here was found on this machine.</param>
/// <param name="Problem">Why there is no form; empty where there is one.</param>
internal sealed record CatalogEntryModel(string Id, string DisplayName, string Description, ConnectorHosting Hosting, bool IsInstalled, FormModel? FormSchema, string Problem)
{
    public static CatalogEntryModel Of(CatalogEntry entry, FormModel? form, string problem) => new(
        entry.Id, entry.DisplayName, entry.Description, entry.Hosting, entry.Hosting == ConnectorHosting.SelfHosted || entry.Executable is not null, form, problem);
}

internal sealed record CatalogAnswer(IReadOnlyList<CatalogEntryModel> List, string NextPageToken);

internal sealed record CatalogEntryAnswer(CatalogEntryModel CatalogEntry);

internal sealed record ValidateConfigRequest
{
    public JsonObject? Config { get; init; }
}

/// <summary>Whether settings would be kept; nothing is.</summary>
internal sealed record ValidateConfigAnswer(bool IsValid, IReadOnlyList<FieldProblemModel> Problems)
{
    public static async Task<ValidateConfigAnswer> OfAsync(ValidateConfigRequest request, CatalogEntry entry, Func<IReadOnlyDictionary<string, string>, Task> check)
    {
        var values = ConnectorConfig.Read(request.Config) ?? new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            await check(values);
            return new(IsValid: true, []);
        }
        catch (Refusal refusal)
        {
            var placed = ConnectorConfig.Placed(refusal, entry, values);
            return new(IsValid: false, [new(placed.Field ?? "", placed.Message)]);
        }
    }
}

/// <param name="Field">The member of the request; empty where it is about none.</param>
internal sealed record FieldProblemModel(string Field, string Message);
