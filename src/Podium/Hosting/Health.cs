using Podium.Data;

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

    private static async Task<IResult> CheckAsync(Database database, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Database.CanConnectAsync(cancellationToken)
            ? Results.Json(new { status = "ready" })
            : Results.Json(new { status = "not_ready", error = "the database does not answer" }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
