using Podium.Api;
using Podium.Connectors;
using Podium.Data;
using Podium.Look;
using Podium.SignIn;

namespace Podium.Freezing;

/// <summary>What is to be known about a restored server, and the way out: as a page and for programs.</summary>
internal static class ResumeEndpoints
{
    public const string Page = "/settings/restored";
    public const string Api = "/api/podium/v1/restoration/resume";

    public static void MapFreezing(this WebApplication application)
    {
        application.MapGet(Page, ShowAsync);
        application.MapForm(Page, ResumeAsync);
        application.MapGet("/api/podium/v1/restoration", async (Freeze freeze, Database database, RotationList rotations, CancellationToken cancellationToken)
            => RestorationAnswer.Of(await ModelAsync(freeze, database, rotations, cancellationToken)));
        application.MapPost(Api, async (HttpContext context, Resume resume, CancellationToken cancellationToken) =>
        {
            var asked = await context.ReadBodyAsync<ResumeRequest>(cancellationToken);
            await resume.RunAsync(context.SignedInCaller(), asked.WithoutSyncs, cancellationToken);
            return new EmptyAnswer();
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Freeze freeze, Database database, RotationList rotations)
    {
        var model = await ModelAsync(freeze, database, rotations, context.RequestAborted);
        return Look.Page.Of<RestoredPage, RestoredModel>(model with { Said = context.Request.Query["said"] == "resumed" ? "This server works again." : null });
    }

    private static async Task<IResult> ResumeAsync(HttpContext context, Freeze freeze, Database database, RotationList rotations, Resume resume)
    {
        var form = await context.ReadPostedFormAsync();
        try
        {
            await resume.RunAsync(context.SignedInCaller(), form["withoutSyncs"] == "yes", context.RequestAborted);
        }
        catch (Refusal refusal)
        {
            var model = await ModelAsync(freeze, database, rotations, context.RequestAborted);
            return Look.Page.Of<RestoredPage, RestoredModel>(model with { Problem = refusal.Message }, StatusCodes.Status422UnprocessableEntity);
        }

        return Look.Page.SeeOther($"{Page}?said=resumed");
    }

    private static async Task<RestoredModel> ModelAsync(Freeze freeze, Database database, RotationList rotations, CancellationToken cancellationToken)
    {
        var restoration = await freeze.FindAsync(cancellationToken);
        return new()
        {
            Restoration = restoration,
            WithoutSync = restoration is null ? [] : await database.ReadAsync(context => Resume.WithoutSyncAsync(context, restoration.RestoredAt, cancellationToken)),
            Rotations = restoration is null ? [] : await rotations.AllAsync(cancellationToken),
        };
    }
}

internal sealed record RestoredModel
{
    /// <summary>Null for a server that was never restored.</summary>
    public required Restoration? Restoration { get; init; }

    public required IReadOnlyList<Connector> WithoutSync { get; init; }

    public required IReadOnlyList<RotationRow> Rotations { get; init; }

    public string? Said { get; init; }

    public string? Problem { get; init; }

    public bool IsFrozen => Restoration is { ResumedAt: null };
}

internal sealed record ResumeRequest
{
    public bool WithoutSyncs { get; init; }
}

internal sealed record RestorationAnswer(bool Frozen, Moment? BackupMadeAt, Moment? RestoredAt, Moment? ResumedAt, IReadOnlyList<string> ConnectorsWithoutSync, IReadOnlyList<RotationAnswer> Rotate)
{
    public static RestorationAnswer Of(RestoredModel model) => new(
        model.IsFrozen,
        model.Restoration?.BackupMadeAt,
        model.Restoration?.RestoredAt,
        model.Restoration?.ResumedAt,
        [.. model.WithoutSync.Select(connector => connector.PublicId.ToString())],
        [.. model.Rotations.Select(row => new RotationAnswer(row.Kind.Text(), row.Whose, row.ClientId, row.LastUsedAt))]);
}

internal sealed record RotationAnswer(string Kind, string Whose, string? ClientId, Moment? LastUsedAt);
