using System.Runtime.CompilerServices;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>The grants of a connector as they are stored, read as of the snapshot that <paramref name="context"/> is in.</summary>
internal sealed class StoredGrants(PodiumContext context, Connector connector, CancellationToken cancellationToken)
{
    private const string OfConnector = "JOIN app_entitlement AS e ON e.id = g.entitlement_id WHERE e.connector_id = @connector";

    private readonly (string, object)[] _parameters = [("@connector", connector.Id)];

    public async Task<long> CountAsync()
    {
        await foreach (var row in context.RowsAsync($"SELECT count(*) FROM grant_now AS g {OfConnector}", _parameters, cancellationToken))
        {
            return row.GetInt64(0);
        }

        return 0;
    }

    public IAsyncEnumerable<StoredGrant> AllAsync() => ReadAsync(cancellationToken);

    /// <summary>Entitlements and accounts of the grants that ended later than a moment.</summary>
    public async Task<IReadOnlySet<(long Entitlement, long Account)>> RevokedAfterAsync(Moment moment)
    {
        var revoked = new HashSet<(long, long)>();
        const string sql = "SELECT entitlement_id, account_id FROM grant_past WHERE app_id = @app AND until > @at";
        await foreach (var row in context.RowsAsync(sql, [("@app", connector.AppId), ("@at", moment.Microseconds)], cancellationToken))
        {
            revoked.Add((row.GetInt64(0), row.GetInt64(1)));
        }

        return revoked;
    }

    private async IAsyncEnumerable<StoredGrant> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var sql = $"SELECT g.id, g.entitlement_id, g.account_id, g.origin_id, g.is_immutable, g.external_id, g.since, g.confirmed_at FROM grant_now AS g {OfConnector}";
        await foreach (var row in context.RowsAsync(sql, _parameters, cancellation))
        {
            var since = row.Moment(6);
            yield return new(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.Int64OrNull(3), row.GetBoolean(4), row.StringOrNull(5),
                row.MomentOrNull(7) is { } confirmed && confirmed > since ? confirmed : since);
        }
    }
}
