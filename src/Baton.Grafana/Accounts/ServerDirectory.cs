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

        await grafana.ListOrganizationsAsync(page: 0, pageSize: 1, cancellationToken);
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

        return administrators.Ids ?? [];
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

    public async IAsyncEnumerable<IReadOnlyList<Organization>> ListOrganizationsAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = new HashSet<long>();
        HashSet<long>? earlier = null;
        for (var attempt = 1; ; attempt++)
        {
            var seen = new HashSet<long>();
            await foreach (var rows in WalkOrganizationsAsync(seen, cancellationToken))
            {
                yield return [.. rows.Where(row => listed.Add(row.Id)).Select(Organization.Of)];
            }

            // Nothing tells how many there are. A walk of one page saw one moment; one of several pages must come out alike twice, or
            // somebody who moved to a page already read was missed.
            if (seen.Count < GrafanaClient.LargestPage || earlier?.SetEquals(seen) == true)
            {
                yield break;
            }

            earlier = seen;
            Incomplete.RequireAnotherTry(attempt, "organizations", "each walk over its pages found others");
        }
    }

    public async Task<Organization?> FindOrganizationAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            var found = await grafana.GetOrganizationAsync(id, cancellationToken);
            return Organization.Of(found);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<Membership>> ListMembershipsAsync(
        Organization organization, ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Nobody there can mean that the organization is gone: Grafana lists the members of one that never was, and finds none.
        for (var confirmed = false; ; confirmed = true)
        {
            var any = false;
            await foreach (var slice in Slices.OfAsync(grafana.StreamMembersAsync(organization.Id, cancellationToken), cancellationToken))
            {
                any = true;
                yield return slice;
            }

            if (any)
            {
                yield break;
            }

            if (await FindOrganizationAsync(organization.Id, cancellationToken) is null)
            {
                throw new ConnectorException(StatusCode.NotFound, $"{organization} was deleted during the sync");
            }

            if (confirmed)
            {
                sync.Warn($"{organization} has no members");
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<Account>> ListAccountsAsync(
        ISyncContext sync, AdministratorsSeen seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var walk = new CountedWalk<GrafanaUser>(GrafanaClient.LargestPage, SearchAsync, user => user.Id);
            var administrators = new SortedSet<long>();
            await foreach (var page in walk.PagesAsync(sync.Parallelism, cancellationToken))
            {
                administrators.UnionWith(page.Where(user => user.IsAdmin == true).Select(user => user.Id));
                yield return [.. page.Select(Account.Of)];
            }

            if (walk.Result.IsComplete)
            {
                seen.Ids = [.. administrators];
                yield break;
            }

            Incomplete.RequireAnotherTry(attempt, "accounts", walk.Result);
        }

        async Task<CountedPage<GrafanaUser>> SearchAsync(int page, CancellationToken token)
        {
            var found = await grafana.SearchUsersAsync(page, token);
            return new(found.Users ?? [], found.TotalCount);
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

    private async IAsyncEnumerable<IReadOnlyList<GrafanaOrganization>> WalkOrganizationsAsync(
        HashSet<long> seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 0; ; page++)
        {
            var rows = await grafana.ListOrganizationsAsync(page, GrafanaClient.LargestPage, cancellationToken);
            var fresh = rows.Where(row => seen.Add(row.Id)).ToList();
            yield return fresh;
            if (rows.Count < GrafanaClient.LargestPage)
            {
                yield break;
            }

            if (fresh.Count == 0)
            {
                RequirePaging(seen.Count);
                yield break;
            }
        }
    }

    // A full page and then the same again: the server does not page, and lists a thousand at most.
    private void RequirePaging(int count)
    {
        if (count == GrafanaClient.LargestPage)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"this Grafana{(Version is { } version ? $" ({version})" : "")} lists no more than {count} organizations, and may have others that cannot be seen; upgrade it to 7.2 or later");
        }
    }
}
