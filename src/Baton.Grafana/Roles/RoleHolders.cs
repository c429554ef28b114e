using System.Collections.Concurrent;
using Baton.Grafana.Api;
using Baton.Grafana.Permissions;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Roles;

/// <summary>Who of many holds which roles in an organization: asked in batches, and one by one where the server has no batches.</summary>
internal sealed class RoleHolders(RoleScope scope)
{
    private const int BatchSize = 500;

    /// <param name="grafana">The view of the organization.</param>
    /// <param name="kind">What the ids are of.</param>
    /// <param name="ids">Whom to ask about.</param>
    /// <param name="parallelism">How many requests are under way at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The names of the roles by id; of every id, those without roles included.</returns>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> ReadAsync(
        GrafanaClient grafana, RoleHolderKind kind, IReadOnlyList<long> ids, int parallelism, CancellationToken cancellationToken)
    {
        var held = new ConcurrentDictionary<long, IReadOnlyList<string>>();
        try
        {
            await EachAsync(ids.Chunk(BatchSize), parallelism, async (batch, token) =>
            {
                var found = await grafana.SearchRolesAsync(kind, batch, token);
                foreach (var id in batch)
                {
                    held[id] = Names(found.GetValueOrDefault(id) ?? []);
                }
            }, cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            await EachAsync(ids, parallelism, async (id, token) => held[id] = await ReadAsync(grafana, kind, id, token), cancellationToken);
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            throw Forbidden(kind, forbidden);
        }

        return held;
    }

    /// <summary>The names of the roles of one.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(GrafanaClient grafana, RoleHolderKind kind, long id, CancellationToken cancellationToken)
    {
        try
        {
            return Names(await grafana.GetRolesAsync(kind, id, cancellationToken));
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            throw AccessControlReach.Blocked(absent);
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            throw Forbidden(kind, forbidden);
        }
    }

    private IReadOnlyList<string> Names(IReadOnlyList<GrafanaRbacRole> roles)
        => roles.Count == 0 ? [] : [.. roles.Where(scope.Includes).Select(role => role.Name).Distinct(StringComparer.Ordinal)];

    private static Task EachAsync<T>(IEnumerable<T> items, int parallelism, Func<T, CancellationToken, Task> read, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken },
            async (item, token) => await read(item, token));

    private static ConnectorException Forbidden(RoleHolderKind kind, ConnectorException forbidden) => new(
        StatusCode.PermissionDenied,
        $"{forbidden.Message}; the credential needs {(kind == RoleHolderKind.Team ? "teams.roles:read (scope teams:*)" : "users.roles:read (scope users:*)")}",
        forbidden);
}
