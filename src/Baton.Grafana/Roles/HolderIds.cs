using Baton.Grafana.Api;
using Baton.Grafana.Listings;

namespace Baton.Grafana.Roles;

/// <summary>The ids of those of an organization who can hold roles. A list that does not add up is refused, as those of the accounts are.</summary>
internal static class HolderIds
{
    public static Task<IReadOnlyList<long>> OfTeamsAsync(GrafanaClient grafana, int parallelism, CancellationToken cancellationToken)
        => ListAsync("teams", grafana.ListTeamIdsAsync, parallelism, cancellationToken);

    public static Task<IReadOnlyList<long>> OfServiceAccountsAsync(GrafanaClient grafana, int parallelism, CancellationToken cancellationToken)
        => ListAsync("service accounts", grafana.ListServiceAccountIdsAsync, parallelism, cancellationToken);

    private static async Task<IReadOnlyList<long>> ListAsync(
        string what, Func<int, CancellationToken, Task<GrafanaIdPage>> fetch, int parallelism, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var walk = new CountedWalk<GrafanaId>(GrafanaClient.LargestPage, FetchAsync, row => row.Id);
            var ids = new SortedSet<long>();
            await foreach (var rows in walk.PagesAsync(parallelism, cancellationToken))
            {
                ids.UnionWith(rows.Select(row => row.Id));
            }

            if (walk.Result.IsComplete)
            {
                return [.. ids];
            }

            Incomplete.RequireAnotherTry(attempt, what, walk.Result);
        }

        async Task<CountedPage<GrafanaId>> FetchAsync(int page, CancellationToken token)
        {
            var found = await fetch(page, token);
            return new(found.Rows, found.TotalCount, found.PerPage);
        }
    }
}
