using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>How much an app holds, also as of a moment: from the syncs, which counted it. Counting a whole app takes half a second.</summary>
internal sealed class InventoryCounts(Database database)
{
    /// <summary>Null when no sync was applied by then.</summary>
    public Task<AppCounts?> OfAppAsync(long appId, Moment? asOf, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var sql = new ListSql(context);
        var (app, applied, at) = (sql.Add(appId), sql.Add(nameof(SyncState.Applied)), sql.Add(asOf ?? new Moment(long.MaxValue)));
        // The last of each connector of the app.
        var latest = $"SELECT max(s.as_of) FROM sync AS s WHERE s.connector_id = c.id AND s.state = {applied} AND s.as_of <= {at}";
        var text =
            "SELECT count(*), sum(s.accounts), sum(s.resources), sum(s.entitlements), sum(s.grants), max(s.as_of) FROM connector AS c "
            + $"JOIN sync AS s ON s.connector_id = c.id AND s.state = {applied} AND s.as_of = ({latest}) WHERE c.app_id = {app} AND c.deleted_at IS NULL";
        await foreach (var row in context.RowsAsync(text, sql.Parameters, cancellationToken))
        {
            if (row.GetInt64(0) > 0)
            {
                return new AppCounts(Number(1), Number(2), Number(3), Number(4), row.Moment(5));
            }

            long Number(int column) => Convert.ToInt64(row.GetValue(column));
        }

        return null;
    });
}

/// <param name="AsOf">The moment of the sync that they are from.</param>
internal sealed record AppCounts(long Accounts, long Resources, long Entitlements, long Grants, Moment AsOf);
