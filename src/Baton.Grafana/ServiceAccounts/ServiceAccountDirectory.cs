using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>The service accounts of every organization that the credential can look into. Thread-safe.</summary>
internal sealed class ServiceAccountDirectory(IOrganizationReach reach, ServerBuildProbe build)
{
    private const int AtOnce = 8;

    // Either credential needs the same.
    private static readonly Needs Needed = new(
        "service accounts",
        PermissionTable.ListingsOf(ServiceAccountResource.TypeId, CredentialKinds.Token),
        ServiceAccountResource.TypeId,
        ServiceAccountTokenResource.TypeId);

    // Where one was seen. It never moves, so that is where to look for it first.
    private readonly ConcurrentDictionary<long, Organization> _places = new();

    /// <summary>All of them, an organization at a time; none on a server from before there were any.</summary>
    /// <exception cref="ConnectorException">They cannot be read in full.</exception>
    public async IAsyncEnumerable<IReadOnlyList<PlacedServiceAccount>> ListAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = (await build.ReadAsync(cancellationToken)).Version;
        if (version < GrafanaVersion.ServiceAccountsOptional)
        {
            yield break;
        }

        var views = await reach.ListAsync(Needed, sync, cancellationToken);
        var mayLackThem = version < GrafanaVersion.ServiceAccounts;
        await foreach (var accounts in ReadAhead.InOrderAsync(
            views, sync.Parallelism, (view, token) => ListAsync(view, mayLackThem, sync, token), cancellationToken))
        {
            yield return accounts;
        }
    }

    /// <summary>One of them; null when there is none of that id.</summary>
    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: it may be where the credential cannot look.</exception>
    public async Task<PlacedServiceAccount?> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (_places.TryGetValue(id, out var known) && await FindInAsync(known, id, cancellationToken) is { Account: { } there })
        {
            return there;
        }

        var own = await reach.ListOwnAsync(cancellationToken);
        Organization? closed = null;
        foreach (var some in own.Chunk(AtOnce))
        {
            var looks = await Task.WhenAll(some.Select(organization => FindInAsync(organization, id, cancellationToken)));
            if (Array.Find(looks, look => look.Account is not null).Account is { } found)
            {
                return found;
            }

            closed ??= looks.Zip(some).Where(look => look.First.IsClosed).Select(look => look.Second).FirstOrDefault();
        }

        return closed is null && await reach.IsEverywhereAsync(cancellationToken)
            ? null
            : throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Tokens}service account {id} is not in the organizations that the connector can look into, and may be in another; "
                    + (closed is null ? "make the connector's account an Admin there" : $"the connector lacks serviceaccounts:read in {closed}"));
    }

    private async Task<IReadOnlyList<PlacedServiceAccount>> ListAsync(OrganizationView view, bool mayLackThem, ISyncContext sync, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var accounts = new Dictionary<long, PlacedServiceAccount>();
            var walk = new CountedWalk<GrafanaServiceAccount>(GrafanaClient.LargestPage, SearchAsync, row => row.Id);
            await foreach (var page in walk.PagesAsync(sync.Parallelism, cancellationToken))
            {
                foreach (var row in page)
                {
                    accounts[row.Id] = Placed(row, view);
                }
            }

            if (walk.Result.IsComplete)
            {
                return [.. accounts.Values];
            }

            Incomplete.RequireAnotherTry(attempt, "service accounts", walk.Result);
        }

        async Task<CountedPage<GrafanaServiceAccount>> SearchAsync(int page, CancellationToken token)
        {
            try
            {
                var found = await view.Grafana.SearchServiceAccountsAsync(page, token);
                return new(found.ServiceAccounts ?? [], found.TotalCount, found.PerPage);
            }
            catch (ConnectorException absent) when (mayLackThem && absent.InnerException is ConnectorException { Code: StatusCode.NotFound })
            {
                return new([], 0);
            }
        }
    }

    private async Task<(PlacedServiceAccount? Account, bool IsClosed)> FindInAsync(Organization organization, long id, CancellationToken cancellationToken)
    {
        var view = new OrganizationView(organization, reach.In(organization.Id));
        try
        {
            return (Placed(await view.Grafana.GetServiceAccountAsync(id, cancellationToken), view), IsClosed: false);
        }
        catch (ConnectorException refusal) when (refusal.Code is StatusCode.NotFound or StatusCode.PermissionDenied)
        {
            return (null, IsClosed: refusal.Code == StatusCode.PermissionDenied);
        }
    }

    // Which organization is meant is said by a header. Something in between that drops it would have us take one organization's service
    // accounts for those of all.
    private PlacedServiceAccount Placed(GrafanaServiceAccount row, OrganizationView view)
    {
        if (row.OrgId is { } organization && organization != view.Organization.Id)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"asked for service accounts of {view.Organization}, Grafana answers with some of organization {organization}; "
                    + "does a proxy in between drop the header X-Grafana-Org-Id?");
        }

        if (row.Role is null)
        {
            throw new ConnectorException(
                StatusCode.Internal,
                $"Grafana does not tell which role service account {row.Id} of {view.Organization} has, as every Grafana does; is something in between changing its answers?");
        }

        _places[row.Id] = view.Organization;
        return new(row, view);
    }
}
