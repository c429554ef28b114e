using System.Runtime.CompilerServices;
using Baton.Grafana.Administrators;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Accounts;

/// <summary>All organizations and accounts of a server, read as its administrator with a username and a password.</summary>
internal sealed class ServerDirectory(GrafanaClient grafana, ServerBuildProbe build, string username) : IGrafanaDirectory
{
    private readonly ServerOrganizations _organizations = new(grafana, build);

    public GrafanaVersion? Version => build.Known.Version;

    public async Task ValidateAsync(CancellationToken cancellationToken)
    {
        // The identity first, and alone: a wrong password costs one request, and Grafana locks an account after five. It also proves
        // that the password was looked at at all: with basic authentication off and anonymous access on, everybody is let in as nobody.
        var self = await SignedInAsync(cancellationToken);
        if (!IsMe(self))
        {
            throw new ConnectorException(
                StatusCode.Unauthenticated, $"Grafana takes us for {self.Login}, not for {username}; is basic authentication switched off ([auth.basic] enabled)?");
        }

        if (self.IsGrafanaAdmin != true)
        {
            throw new ConnectorException(
                StatusCode.PermissionDenied, $"{username} is not a Grafana server administrator; give the account that right (Server admin > Users), or use a service account token");
        }

        await RequireReachAsync(cancellationToken);
        await build.RefreshAsync(cancellationToken);
        await CredentialScopes.RequireAsync(grafana, Version, PermissionTable.ListingsOf("user", CredentialKinds.Server), cancellationToken);
    }

    public async IAsyncEnumerable<IReadOnlyList<Account>> ListAccountsAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var administrators = await AdministratorsSeen.OfAsync(sync, cancellationToken);
        await foreach (var slice in ListAccountsAsync(sync, administrators, cancellationToken))
        {
            yield return slice;
        }
    }

    /// <summary>The ids of the server administrators, disabled ones included; a sync that lists the accounts reads them along.</summary>
    public async Task<IReadOnlyList<long>> ListAdministratorsAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        var administrators = await AdministratorsSeen.OfAsync(sync, cancellationToken);
        if (administrators.Ids is null)
        {
            await foreach (var _ in ListAccountsAsync(sync, administrators, cancellationToken))
            {
                // Only who administrates is wanted.
            }
        }

        var ids = administrators.Ids ?? [];
        var own = await OwnAccount.OfAsync(grafana, sync, cancellationToken);
        return ids.Contains(own.Id)
            ? ids
            : throw Incomplete.Contradicts(
                $"it lists {ids.Count} server administrators (/api/users/search)", $"our own account {own.Id}, which lists them, is none of them; only one can list accounts");
    }

    public async Task<Account?> FindAccountAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return Account.Of(await grafana.GetUserAsync(id, cancellationToken));
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    public IAsyncEnumerable<IReadOnlyList<Organization>> ListOrganizationsAsync(ISyncContext sync, CancellationToken cancellationToken)
        => _organizations.ListAsync(sync.EarlierPlaces(OrganizationSyncer.TypeId), cancellationToken);

    public Task<Organization?> FindOrganizationAsync(long id, CancellationToken cancellationToken) => _organizations.FindAsync(id, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<Membership>> ListMembershipsAsync(Organization organization, ISyncContext sync, CancellationToken cancellationToken)
        => new ServerMembers(grafana, _organizations).ListAsync(organization, sync, cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<Account>> ListAccountsAsync(
        ISyncContext sync, AdministratorsSeen seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var walk = new CountedWalk<GrafanaUser>(GrafanaClient.LargestPage, SearchAsync, user => user.Id);
            var (administrators, all) = (new SortedSet<long>(), new HashSet<long>());
            await foreach (var page in walk.PagesAsync(sync.Parallelism, cancellationToken))
            {
                all.UnionWith(page.Select(user => user.Id));
                administrators.UnionWith(page.Where(user => user.IsAdmin == true).Select(user => user.Id));
                yield return [.. page.Select(Account.Of)];
            }

            if (walk.Result.IsComplete)
            {
                (seen.All, seen.Ids) = (all, [.. administrators]);
                yield break;
            }

            Incomplete.RequireAnotherTry(attempt, "accounts", walk.Result);
        }

        async Task<CountedPage<GrafanaUser>> SearchAsync(int page, CancellationToken token)
        {
            var found = await grafana.SearchUsersAsync(page, token);
            if (found.Users?.FirstOrDefault(user => user.IsAdmin is null) is { } untold)
            {
                throw new ConnectorException(
                    StatusCode.Internal,
                    $"Grafana does not tell whether account {untold.Id} is a server administrator (/api/users/search), as every Grafana does; is something in between changing its answers?");
            }

            return new(found.Users ?? [], found.TotalCount, found.PerPage);
        }
    }

    // The rights of a server administrator hang on an organization since Grafana 9: one that belongs to none is refused everything.
    private async Task RequireReachAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grafana.ListOrganizationsAsync(page: 0, pageSize: 1, cancellationToken);
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            if ((await grafana.ListOwnOrganizationsAsync(cancellationToken)).Count > 0)
            {
                throw;
            }

            throw new ConnectorException(
                StatusCode.PermissionDenied,
                $"{username} is a server administrator, but belongs to no organization, and Grafana lets such an account read nothing; add it to an organization (Server admin > Organizations)",
                forbidden);
        }
    }

    private async Task<GrafanaProfile> SignedInAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await grafana.GetSignedInUserAsync(cancellationToken);
        }
        catch (ConnectorException nobody) when (nobody.Code == StatusCode.NotFound)
        {
            throw new ConnectorException(
                StatusCode.Unauthenticated,
                $"{grafana.Instance} does not know who is asking: either it is not Grafana's address, or basic authentication is switched off ([auth.basic] enabled)",
                nobody);
        }
    }

    private bool IsMe(GrafanaProfile self)
        => string.Equals(self.Login, username, StringComparison.OrdinalIgnoreCase) || string.Equals(self.Email, username, StringComparison.OrdinalIgnoreCase);
}
