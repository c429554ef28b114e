using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Audit;

/// <summary>The log for collectors: a JSON object a line, in the shape of OCSF's API activity (class 6003).</summary>
internal static class AuditExport
{
    private const int Batch = 1000;

    /// <param name="database">Where it is.</param>
    /// <param name="after">The number of the last row that was read before; 0 for all.</param>
    /// <param name="cancellationToken">Ends it between two rows.</param>
    public static async IAsyncEnumerable<string> LinesAsync(Database database, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var last = after;
            var rows = await database.ReadAsync(context => context.Set<AuditRow>().Where(row => row.Number > last).OrderBy(row => row.Number).Take(Batch).ToListAsync(cancellationToken));
            foreach (var row in rows)
            {
                yield return Of(row).ToJsonString();
            }

            if (rows.Count < Batch)
            {
                yield break;
            }

            after = rows[^1].Number!.Value;
        }
    }

    public static JsonObject Of(AuditRow row)
    {
        var activity = Activity(row.Kind);
        return new()
        {
            ["class_uid"] = 6003,
            ["category_uid"] = 6,
            ["activity_id"] = activity,
            ["type_uid"] = 600300 + activity,
            ["time"] = row.At.Microseconds / 1000,
            ["severity_id"] = 1,
            ["status_id"] = row.Kind.EndsWith(".refused", StringComparison.Ordinal) ? 2 : 1,
            ["metadata"] = new JsonObject
            {
                ["version"] = "1.3.0",
                ["uid"] = $"{row.Number}",
                ["product"] = new JsonObject { ["name"] = "Podium" },
            },
            ["api"] = new JsonObject { ["operation"] = row.Kind },
            ["actor"] = new JsonObject
            {
                ["user"] = new JsonObject { ["uid"] = row.ActorId is { } id ? $"{id}" : null, ["type"] = row.ActorKind.ToString() },
                ["app_uid"] = row.ClientId,
            },
            ["src_endpoint"] = new JsonObject { ["ip"] = row.Address },
            ["resources"] = row.SubjectId is null ? new JsonArray() : new JsonArray(new JsonObject { ["type"] = row.SubjectKind, ["uid"] = row.SubjectId }),
            ["unmapped"] = new JsonObject
            {
                ["details"] = JsonNode.Parse(row.Details),
                ["time_us"] = row.At.Microseconds,
                ["hash"] = row.Hash is null ? null : Convert.ToHexStringLower(row.Hash),
            },
        };
    }

    // 1 create, 2 read, 3 update, 4 delete, 99 other.
    private static int Activity(string kind) => kind[(kind.LastIndexOf('.') + 1)..] switch
    {
        "created" or "granted" or "added" or "begun" => 1,
        "revealed" or "exported" or "read" => 2,
        "set" or "saved" or "enabled" or "disabled" or "renamed" or "changed" or "confirmed" or "applied" => 3,
        "removed" or "deleted" or "revoked" or "ended" or "all_ended" => 4,
        _ => 99,
    };
}
