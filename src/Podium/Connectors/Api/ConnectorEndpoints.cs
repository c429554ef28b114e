using Podium.Api;
using Podium.Apps;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>Connectors as C1's clients ask for them, one app at a time; all of them under <c>/api/podium/v1</c>.</summary>
internal static class ConnectorEndpoints
{
    public static void MapConnectors(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/apps/{app_id}/connectors", async (HttpContext context, AppList apps, ConnectorList connectors, CancellationToken cancellationToken) =>
        {
            var app = (await apps.FindAsync(context.SignedInCaller(), Text(context, "app_id"), cancellationToken)).App;
            return ConnectorsAnswer.Of(await connectors.AllAsync(new() { AppId = app.Id }, cancellationToken));
        });
        endpoints.MapGet("/api/v1/apps/{app_id}/connectors/{id}", async (HttpContext context, AppList apps, ConnectorList connectors, CancellationToken cancellationToken)
            => new ConnectorAnswer(new(ConnectorModel.Of(await FindAsync(context, apps, connectors, cancellationToken)))));
        endpoints.MapGet("/api/podium/v1/connectors", async (HttpContext context, ConnectorList connectors, CancellationToken cancellationToken) =>
        {
            var caller = context.SignedInCaller();
            var seesAll = caller.MayViewAll || caller.Is(Role.ConnectorAdministrator);
            return ConnectorsAnswer.Of(await connectors.AllAsync(new() { OwnerId = seesAll ? null : caller.PersonId }, cancellationToken));
        });
        endpoints.MapPost("/api/v1/apps/{app_id}/connectors/{id}/force_sync", async (HttpContext context, AppList apps, ConnectorList connectors, SyncNow sync, CancellationToken cancellationToken) =>
        {
            var row = await FindAsync(context, apps, connectors, cancellationToken);
            var caller = context.SignedInCaller();
            if (!caller.Is(Role.SuperAdministrator) && !caller.Is(Role.ConnectorAdministrator) && !await connectors.IsOwnerAsync(row.Id, caller.PersonId, cancellationToken))
            {
                throw new ForbiddenException("Syncs are started by Connector Administrators and the connector's owners.");
            }

            await sync.RunAsync(row.Id, caller.Actor, cancellationToken);
            return new EmptyAnswer();
        });
    }

    private static async Task<ConnectorRow> FindAsync(HttpContext context, AppList apps, ConnectorList connectors, CancellationToken cancellationToken)
    {
        var app = (await apps.FindAsync(context.SignedInCaller(), Text(context, "app_id"), cancellationToken)).App;
        var id = Text(context, "id");
        return Ksuid.TryParse(id, out var parsed) && await connectors.FindAsync(parsed, cancellationToken) is { } row && row.AppId == app.Id ? row : throw ApiException.NotFound("connector", id);
    }

    private static string Text(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}

/// <summary>A connector as <c>c1.api.app.v1.Connector</c> says it; its settings are never in it.</summary>
internal sealed record ConnectorModel(
    Ksuid Id, Ksuid AppId, string CatalogId, string DisplayName, string Description, ConnectorStatusModel Status, Moment? ConfigUpdatedAt, Moment? SyncDisabledAt, Moment CreatedAt)
{
    public Moment? UpdatedAt => CreatedAt;

    public Moment? DeletedAt { get; }

    public object? Config { get; }

    public IReadOnlyList<string> UserIds { get; } = [];

    public string SyncDisabledReason { get; } = "";

    public string SyncDisabledCategory { get; } = "";

    public bool CanResumeSync => SyncDisabledAt is not null;

    public static ConnectorModel Of(ConnectorRow row) => new(
        row.PublicId, row.AppPublicId, row.CatalogId, row.DisplayName, row.Description, ConnectorStatusModel.Of(row), row.SettingsSavedAt, row.PausedAt, row.CreatedAt);
}

/// <param name="Chip">What the page shows; the other API has fewer states.</param>
internal sealed record ConnectorStatusModel(string Status, Moment? StartedAt, Moment? CompletedAt, Moment? UpdatedAt, string LastError, string Chip)
{
    public static ConnectorStatusModel Of(ConnectorRow row) => new(
        row.Chip switch
        {
            ConnectorChip.Paused => "SYNC_STATUS_DISABLED",
            ConnectorChip.Syncing => "SYNC_STATUS_RUNNING",
            ConnectorChip.Error or ConnectorChip.NotSeen or ConnectorChip.NeedsConfirmation => "SYNC_STATUS_ERROR",
            ConnectorChip.Connected => "SYNC_STATUS_DONE",
            _ => "SYNC_STATUS_UNSPECIFIED",
        },
        (row.OpenSync ?? row.LastSync)?.QueuedAt,
        row.LastSync?.EndedAt,
        row.LastSync?.EndedAt,
        row.Error ?? "",
        row.ChipText);
}

internal sealed record ConnectorView(ConnectorModel Connector)
{
    public string AppPath { get; } = "";

    public string CapabilitiesPath { get; } = "";

    public string UsersPath { get; } = "";
}

internal sealed record ConnectorAnswer(ConnectorView ConnectorView)
{
    public IReadOnlyList<string> Expanded { get; } = [];
}

internal sealed record ConnectorsAnswer(IReadOnlyList<ConnectorView> List)
{
    public string NextPageToken { get; } = "";

    public IReadOnlyList<string> Expanded { get; } = [];

    public static ConnectorsAnswer Of(IEnumerable<ConnectorRow> rows) => new([.. rows.Select(row => new ConnectorView(ConnectorModel.Of(row)))]);
}
