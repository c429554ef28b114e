using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;

namespace Baton.Grafana.Teams;

/// <summary>Reads the teams of one organization, all of them, into memory.</summary>
internal sealed class TeamListing(OrganizationView view)
{
    public string Name => view.Organization.ToString();

    private string What => $"teams of {Name}";

    /// <summary>Of a server that counts them.</summary>
    public async Task<IReadOnlyList<GrafanaTeam>> ReadCountedAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var teams = new SortedDictionary<long, GrafanaTeam>();
            var walk = new CountedWalk<GrafanaTeam>(GrafanaClient.LargestPage, FetchAsync, team => team.Id);
            await foreach (var page in walk.PagesAsync(parallelism: 1, cancellationToken))
            {
                Add(teams, page);
            }

            if (walk.Result.IsComplete)
            {
                return [.. teams.Values];
            }

            Incomplete.RequireAnotherTry(attempt, What, walk.Result);
        }
    }

    /// <summary>
    /// Of a server whose count may be that of all organizations together. The end is then a page without anything new, and what took
    /// several pages must come out alike twice, or a team that moved to a page already read was missed.
    /// </summary>
    public async Task<IReadOnlyList<GrafanaTeam>> ReadUncountedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyCollection<long>? earlier = null;
        for (var attempt = 1; ; attempt++)
        {
            var teams = new SortedDictionary<long, GrafanaTeam>();
            var pages = 0;
            CountedPage<GrafanaTeam> page;
            do
            {
                page = await FetchAsync(pages + 1, cancellationToken);
            }
            while (Add(teams, page.Rows) && ++pages > 0 && teams.Count < page.Total);

            if (pages <= 1 || teams.Count == page.Total || earlier?.SequenceEqual(teams.Keys) == true)
            {
                return [.. teams.Values];
            }

            earlier = teams.Keys;
            Incomplete.RequireAnotherTry(attempt, What, "each walk over its pages found others");
        }
    }

    private static bool Add(SortedDictionary<long, GrafanaTeam> teams, IReadOnlyList<GrafanaTeam> page)
    {
        var before = teams.Count;
        foreach (var team in page)
        {
            teams[team.Id] = team;
        }

        return teams.Count > before;
    }

    private async Task<CountedPage<GrafanaTeam>> FetchAsync(int page, CancellationToken cancellationToken)
    {
        var found = await view.Grafana.SearchTeamsAsync(page, cancellationToken);

        // The count may be that of all organizations, but where there are some there is a list.
        if (found.Teams is null && found.TotalCount > 0)
        {
            throw Incomplete.Contradicts($"it lists no {What}, not even none", $"it counts {found.TotalCount}");
        }

        return new(found.Teams ?? [], found.TotalCount, found.PerPage);
    }
}
