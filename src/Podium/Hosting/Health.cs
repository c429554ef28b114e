using Podium.Data;
using Podium.Freezing;

namespace Podium.Hosting;

/// <summary>What a probe is told: <c>/live</c> that the process answers, <c>/ready</c> and <c>/health</c> that its database does.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication application)
    {
        application.MapGet("/live", () => Results.Json(new { status = "alive" }));
        application.MapGet("/ready", CheckAsync);
        application.MapGet("/health", CheckAsync);
    }

    private static async Task<IResult> CheckAsync(Database database, Freeze freeze, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Database.CanConnectAsync(cancellationToken)
            // People must reach it to resume it: frozen is ready.
            ? Results.Json(new { status = "ready", frozen = await freeze.IsOnAsync(cancellationToken) })
            : Results.Json(new { status = "not_ready", error = "the database does not answer" }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
