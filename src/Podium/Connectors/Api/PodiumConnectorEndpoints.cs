using System.Text.Json.Nodes;
using Podium.Api;
using Podium.Audit;
using Podium.Connectors.Deployment;
using Podium.Connectors.Lists;
using Podium.Connectors.Syncs;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Connectors.Api;

/// <summary>Connectors by their id alone, and what the other API has no shape for: schedule, log, what people did, deployment, what deleting would end.</summary>
internal static class PodiumConnectorEndpoints
{
    private const string Collection = "/api/podium/v1/connectors";
    private const string Item = Collection + "/{id}";

    public static void MapPodiumConnectors(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Collection, async (HttpContext context, ConnectorList connectors, CancellationToken cancellationToken) =>
        {
            var caller = context.SignedInCaller();
            var text = context.Request.Query["query"].ToString();
            var rows = await connectors.AllAsync(new() { OwnerId = ConnectorAccess.MaySeeAll(caller) ? null : caller.PersonId, Text = text }, cancellationToken);
            return ConnectorsAnswer.Of($"all connectors {text}", rows, context.Page());
        });
        endpoints.MapGet(Item, async (HttpContext context, ConnectorReach reach, CancellationToken cancellationToken)
            => PodiumConnectorAnswer.Of(await reach.FindAsync(context, cancellationToken)));
        endpoints.MapPut(Item + "/schedule", async (HttpContext context, ConnectorReach reach, ConnectorList connectors, ScheduleConnector use, TimeProvider clock, CancellationToken cancellationToken) =>
        {
            var row = await reach.FindToChangeAsync(context, cancellationToken);
            var request = await context.ReadBodyAsync<ScheduleRequest>(cancellationToken);
            var times = request.Cron is { Length: > 0 } cron
                ? SyncTimes.Cron(cron, request.Zone ?? "", clock.Now())
                : SyncTimes.Every(ApiDuration.Parse(request.Interval ?? "", "interval"));
            await use.RunAsync(row.Id, times, context.SignedInCaller().Actor, cancellationToken);
            return PodiumConnectorAnswer.Of((await connectors.FindAsync(row.Id, cancellationToken))!);
        });
        endpoints.MapGet(Item + "/lines", LinesAsync);
        endpoints.MapGet(Item + "/journal", JournalAsync);
        endpoints.MapGet(Item + "/deployment", DeploymentAsync);
        endpoints.MapGet(Item + "/deletion", async (HttpContext context, ConnectorReach reach, DeleteConnector delete, CancellationToken cancellationToken)
            => new DeletionAnswer(await delete.NumbersAsync((await reach.FindAsync(context, cancellationToken)).Id, cancellationToken)));
    }

    // From the beginning on, as a collector reads: there is a token at the end too, and what comes later is behind it.
    private static async Task<ConnectorLinesAnswer> LinesAsync(HttpContext context, ConnectorReach reach, ConnectorLines lines, CancellationToken cancellationToken)
    {
        var row = await reach.FindAsync(context, cancellationToken);
        var (page, question) = (context.Page(), $"lines {row.Id}");
        var after = WholeList.KeyOf(question, page) ?? 0;
        var found = await lines.OfAsync(row.Id, after, page.Size, cancellationToken);
        return new(
            [.. found.Select(line => new ConnectorLineModel(line.At, line.Level, line.RunId, line.Text))],
            KeysetToken.Make(question, $"{(found.Count == 0 ? after : found[^1].Id)}"),
            found.Count == page.Size);
    }

    private static async Task<JournalAnswer> JournalAsync(HttpContext context, ConnectorReach reach, ConnectorJournal journal, CancellationToken cancellationToken)
    {
        var row = await reach.FindAsync(context, cancellationToken);
        var (page, question) = (context.Page(), $"journal {row.Id}");
        var (part, next) = WholeList.PageByKey(question, await journal.LatestAsync(row, WholeList.KeyOf(question, page), page.Size + 1, cancellationToken), line => line.Id, page);
        return new([.. part.Select(JournalLineModel.Of)], next);
    }

    private static async Task<DeploymentAnswer> DeploymentAsync(
        HttpContext context, ConnectorReach reach, ConnectorCredentials credentials, ConnectorDeployment deployment, CancellationToken cancellationToken)
    {
        var row = await reach.FindAsync(context, cancellationToken);
        var text = context.Request.Query["kind"].ToString();
        var kind = text.Length == 0
            ? DeploymentKind.Kubernetes
            : Enum.TryParse<DeploymentKind>(text, ignoreCase: true, out var asked) && Enum.IsDefined(asked) && !char.IsAsciiDigit(text[0])
                ? asked
                : throw new Refusal($"kind is one of {string.Join(", ", Enum.GetNames<DeploymentKind>().Select(name => name.ToLowerInvariant()))}.", "kind");
        return row.Hosting == ConnectorHosting.Hosted
            ? throw new Refusal("Podium runs this connector itself: there is nothing to deploy.")
            : new([.. deployment.Files(row, await credentials.OfAsync(row.Id, before: null, 20, cancellationToken), made: null, kind)]);
    }
}

internal sealed record ScheduleRequest
{
    /// <summary>From the end of one sync to the next, such as <c>3600s</c>.</summary>
    public string? Interval { get; init; }

    /// <summary>Instead of an interval: minute, hour, day of month, month, day of week.</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone of the cron line, such as <c>Europe/Berlin</c>; UTC where it is left out.</summary>
    public string? Zone { get; init; }
}

/// <summary>What this server knows of a connector beyond the other API's shape of it.</summary>
internal sealed record PodiumConnectorModel(
    ConnectorHosting Hosting,
    string AppName,
    string CatalogName,
    string Chip,
    bool HasSettings,
    string SyncInterval,
    string? SyncCron,
    string? SyncZone,
    Moment? NextSyncAt,
    Moment? LastSeenAt,
    Moment? FailingSince,
    string? Version,
    bool? ProvisioningOn,
    SyncModel? LastSync,
    SyncModel? OpenSync,
    SyncModel? HeldSync);

internal sealed record PodiumConnectorAnswer(ConnectorModel Connector, PodiumConnectorModel Details)
{
    public static PodiumConnectorAnswer Of(ConnectorRow row) => new(ConnectorModel.Of(row), new(
        row.Hosting,
        row.AppName,
        row.CatalogName,
        row.ChipText,
        row.HasSettings,
        row.Times.CronText is null ? ApiDuration.Text(row.Times.Interval) : "",
        row.Times.CronText,
        row.Times.ZoneId,
        row.NextSyncAt,
        row.LastSeenAt,
        row.FailingSince,
        row.Version,
        row.ProvisioningOn,
        SyncModel.Of(row.LastSync),
        SyncModel.Of(row.OpenSync),
        SyncModel.Of(row.HeldSync)));
}

/// <param name="Level">As the line says of itself; empty where it does not.</param>
/// <param name="RunId">Which process of the connector wrote it.</param>
internal sealed record ConnectorLineModel(Moment At, string Level, long RunId, string Text);

/// <param name="NextPageToken">Always there; also for what is written later.</param>
/// <param name="HasMore">Whether there is more at this moment.</param>
internal sealed record ConnectorLinesAnswer(IReadOnlyList<ConnectorLineModel> List, string NextPageToken, bool HasMore);

/// <param name="UserId">Who did it; null where no person did.</param>
internal sealed record JournalLineModel(
    Moment At, string Kind, JournalLevel Level, ActorKind ActorKind, Ksuid? UserId, string UserName, string SubjectKind, string SubjectId, JsonNode Details, string Text)
{
    public static JournalLineModel Of(JournalLine line) => new(
        line.At,
        line.Kind,
        line.Level,
        line.ActorKind,
        line.Person?.PublicId,
        line.Person?.DisplayName ?? "",
        line.SubjectKind ?? "",
        line.SubjectId ?? "",
        JsonNode.Parse(line.Details)!,
        line.Text);
}

internal sealed record JournalAnswer(IReadOnlyList<JournalLineModel> List, string NextPageToken);

internal sealed record DeploymentAnswer(IReadOnlyList<DeploymentFile> Files);

internal sealed record DeletionAnswer(DeletionNumbers Ends);
