using System.Text.Json.Nodes;
using Podium.Api;
using Podium.Apps;
using Podium.Apps.Api;
using Podium.Connectors.Lists;
using Podium.Data;

namespace Podium.Connectors.Api;

/// <summary>A connector as <c>c1.api.app.v1.Connector</c> says it, as far as there is something to say. Its settings are never in it.</summary>
internal sealed record ConnectorModel(
    Ksuid Id,
    Ksuid AppId,
    string CatalogId,
    string DisplayName,
    string Description,
    IReadOnlyList<Ksuid> UserIds,
    ConnectorStatusModel Status,
    Moment? ConfigUpdatedAt,
    Moment? SyncDisabledAt,
    string SyncDisabledReason,
    Moment CreatedAt,
    Moment UpdatedAt,
    Moment? DeletedAt)
{
    /// <summary>Clients that get one without its type cannot go on; without any they do.</summary>
    public object? Config { get; }

    public bool CanResumeSync => SyncDisabledAt is not null && DeletedAt is null;

    public static ConnectorModel Of(ConnectorRow row) => new(
        row.PublicId,
        row.AppPublicId,
        row.CatalogId,
        row.DisplayName,
        row.Description,
        [.. row.Owners.Select(owner => owner.PublicId)],
        ConnectorStatusModel.Of(row),
        row.SettingsSavedAt,
        row.PausedAt,
        row.PausedAt is null ? "" : row.PausedByName is { } name ? $"Paused by {name}." : "Paused.",
        row.CreatedAt,
        row.UpdatedAt,
        row.DeletedAt);
}

/// <param name="Chip">What the page shows; the other API has fewer states.</param>
internal sealed record ConnectorStatusModel(string Status, Moment? StartedAt, Moment? CompletedAt, Moment? UpdatedAt, string LastError, string Chip)
{
    public static ConnectorStatusModel Of(ConnectorRow row) => new(
        row.DeletedAt is not null ? "SYNC_STATUS_DISABLED" : row.Chip switch
        {
            ConnectorChip.Paused => "SYNC_STATUS_DISABLED",
            ConnectorChip.Syncing => "SYNC_STATUS_RUNNING",
            ConnectorChip.Error or ConnectorChip.NotSeen or ConnectorChip.NeedsConfirmation => "SYNC_STATUS_ERROR",
            ConnectorChip.Connected => "SYNC_STATUS_DONE",
            _ => "SYNC_STATUS_UNSPECIFIED",
        },
        (row.OpenSync ?? row.LastEnded) is { } last ? last.AsOf ?? last.QueuedAt : null,
        row.LastEnded?.EndedAt,
        row.OpenSync is { } open ? open.ReceivedAt ?? open.AsOf ?? open.QueuedAt : row.LastEnded?.EndedAt,
        row.Error ?? "",
        row.DeletedAt is not null ? "Deleted" : row.ChipText);
}

internal sealed record ConnectorView(ConnectorModel Connector, string AppPath = "")
{
    public string CapabilitiesPath { get; } = "";

    public string UsersPath { get; } = "";
}

internal sealed record ConnectorAnswer(ConnectorView ConnectorView, JsonArray Expanded)
{
    public static ConnectorAnswer Of(ConnectorRow row) => new(new(ConnectorModel.Of(row)), Expansion.None);

    public static ConnectorAnswer Of(ConnectorRow row, AppRow app, ExpandMask? mask)
    {
        var expansion = new Expansion();
        var path = mask?.Has("app_id") == true ? expansion.Add("c1.api.app.v1.App", row.AppPublicId.ToString(), AppModel.Of(app)) : "";
        return new(new(ConnectorModel.Of(row), path), expansion.Expanded);
    }
}

internal sealed record ConnectorsAnswer(IReadOnlyList<ConnectorView> List, string NextPageToken)
{
    public IReadOnlyList<string> Expanded { get; } = [];

    public static ConnectorsAnswer Of(string question, IReadOnlyList<ConnectorRow> rows, ApiPage page)
    {
        var (part, next) = WholeList.Page(question, rows, row => row.PublicId.ToString(), page);
        return new([.. part.Select(row => new ConnectorView(ConnectorModel.Of(row)))], next);
    }
}
