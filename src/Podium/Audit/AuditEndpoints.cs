using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Api;
using Podium.Data;

namespace Podium.Audit;

/// <summary><c>GET /api/podium/v1/audit</c>: the log in the shape of its export, oldest first, so that a collector goes on where it was.</summary>
internal static class AuditEndpoints
{
    private const string Question = "audit";

    public static void MapAudit(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/podium/v1/audit", async (HttpContext context, Database database, CancellationToken cancellationToken) =>
    {
        var page = context.Page();
        var after = KeysetToken.Read(Question, page.Token) is { } token && long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var rows = await database.ReadAsync(data => data.Set<AuditRow>().Where(row => row.Number > after).OrderBy(row => row.Number).Take(page.Size).ToListAsync(cancellationToken));
        // There is a token at the end too: what comes later is behind it.
        return new AuditAnswer([.. rows.Select(AuditExport.Of)], KeysetToken.Make(Question, $"{(rows.Count == 0 ? after : rows[^1].Number)}"), rows.Count == page.Size);
    });
}

/// <param name="NextPageToken">Always there; also for what is written later.</param>
/// <param name="HasMore">Whether there is more at this moment.</param>
internal sealed record AuditAnswer(IReadOnlyList<JsonObject> List, string NextPageToken, bool HasMore);
