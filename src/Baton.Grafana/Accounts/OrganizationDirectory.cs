using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Accounts;

/// <summary>The one organization of a service-account token: Grafana Cloud, or any instance without a server administrator's password.</summary>
internal sealed class OrganizationDirectory(GrafanaClient grafana, ServerBuildProbe build, bool failOnHiddenUsers, bool? failOnUnreachable = null) : IGrafanaDirectory
{
    public GrafanaVersion? Version => build.Known.Version;

    // Before 9.5 the search takes everybody for enabled. A server that hides its version is not trusted with it either.
    private bool SearchTellsAll => Version is { } version && version >= GrafanaVersion.CompleteMemberSearch;

    private bool MayCountHidden => Version is not { } version || version >= GrafanaVersion.MemberSearch;

    public async Task ValidateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grafana.GetCurrentOrganizationAsync(cancellationToken);
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            throw new ConnectorException(
                StatusCode.PermissionDenied, $"{forbidden.Message}; the service account needs the basic role Viewer or above", forbidden);
        }

        await build.RefreshAsync(cancellationToken);
        await CredentialScopes.RequireAsync(grafana, Version, PermissionTable.ListingsOf("user", CredentialKinds.Token), cancellationToken);
    }

    public async IAsyncEnumerable<IReadOnlyList<Account>> ListAccountsAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ListMembersAsync(sync, cancellationToken))
        {
            yield return [.. page.Select(Account.Of)];
        }
    }

    public async Task<Account?> FindAccountAsync(long id, CancellationToken cancellationToken)
    {
        await foreach (var member in grafana.StreamCurrentMembersAsync(cancellationToken))
        {
            if (member.UserId == id)
            {
                return Account.Of(member);
            }
        }

        return null;
    }

    public async IAsyncEnumerable<IReadOnlyList<Organization>> ListOrganizationsAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = await grafana.GetCurrentOrganizationAsync(cancellationToken);
        if (failOnUnreachable != false && sync.EarlierPlaces(OrganizationSyncer.TypeId)?.FirstOrDefault(id => id != $"{current.Id}") is { } other)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"the token is one of {current}, and an earlier sync had organization {other} too, which would look deleted; sync into a file of its own, or let the others go (--fail-on-unreachable-organizations=false)");
        }

        yield return [Organization.Of(current)];
    }

    public async Task<Organization?> FindOrganizationAsync(long id, CancellationToken cancellationToken)
    {
        var current = await grafana.GetCurrentOrganizationAsync(cancellationToken);
        return current.Id == id ? Organization.Of(current) : null;
    }

    public async IAsyncEnumerable<IReadOnlyList<Membership>> ListMembershipsAsync(
        Organization organization, ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var roles = new MemberRoles(organization);
        await foreach (var page in ListMembersAsync(sync, cancellationToken))
        {
            // Another token than the one that the organizations were listed with, of a sync that was interrupted and goes on.
            if (page.FirstOrDefault(member => member.OrgId != 0 && member.OrgId != organization.Id) is { } stranger)
            {
                throw new ConnectorException(
                    StatusCode.FailedPrecondition, $"the token is one of organization {stranger.OrgId}, and the sync is about organization {organization.Id}");
            }

            yield return [.. roles.Once(page).Select(Slices.MembershipOf)];
        }

        if (roles.Count == 0)
        {
            await ConfirmEmptyAsync(organization, sync, cancellationToken);
        }
    }

    // The token's own account is a service account, which is no member. But whoever is in a team is.
    private async Task ConfirmEmptyAsync(Organization organization, ISyncContext sync, CancellationToken cancellationToken)
    {
        if ((await SearchTeamsAsync(cancellationToken))?.FirstOrDefault(team => team.MemberCount > 0) is { } team)
        {
            throw Incomplete.Contradicts($"it lists no members of {organization}", $"it counts {team.MemberCount} in its team {team.Id} ({team.Name})");
        }

        sync.Warn($"{organization} has no members");
    }

    private async Task<IReadOnlyList<GrafanaTeam>?> SearchTeamsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await grafana.SearchTeamsAsync(page: 1, cancellationToken)).Teams;
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<GrafanaMember>> ListMembersAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WalkResult? earlier = null;
        for (var attempt = 1; ; attempt++)
        {
            var result = default(WalkResult);
            await foreach (var page in SearchTellsAll ? SearchAsync() : StreamAsync())
            {
                yield return page;
            }

            if (result.IsComplete)
            {
                yield break;
            }

            // Twice the same shortfall with nothing moving: Grafana counts members that it hides from everybody but server administrators.
            if (earlier == result && result.FirstTotal == result.LastTotal)
            {
                ReportHidden(sync, result);
                yield break;
            }

            earlier = result;
            Incomplete.RequireAnotherTry(attempt, "members", result);

            async IAsyncEnumerable<IReadOnlyList<GrafanaMember>> SearchAsync()
            {
                var walk = new CountedWalk<GrafanaMember>(GrafanaClient.LargestPage, SearchPageAsync, member => member.UserId);
                await foreach (var page in walk.PagesAsync(sync.Parallelism, cancellationToken))
                {
                    yield return page;
                }

                result = walk.Result;
            }

            async IAsyncEnumerable<IReadOnlyList<GrafanaMember>> StreamAsync()
            {
                var before = await CountMembersAsync(cancellationToken);
                var shown = 0L;
                await foreach (var slice in Slices.OfMembersAsync(grafana.StreamCurrentMembersAsync(cancellationToken), cancellationToken))
                {
                    shown += slice.Count;
                    yield return slice;
                }

                // One answer is of one moment: it lacks nobody when either count is the same.
                var after = await CountMembersAsync(cancellationToken);
                result = before is { } first && after is { } last && shown != first && shown != last ? new(shown, first, last) : new(shown, shown, shown);
            }
        }
    }

    private async Task<CountedPage<GrafanaMember>> SearchPageAsync(int page, CancellationToken cancellationToken)
    {
        var found = await grafana.SearchCurrentMembersAsync(page, cancellationToken);
        return new(found.OrgUsers ?? [], found.TotalCount, found.PerPage);
    }

    /// <summary>How many members there are, hidden ones included; null when the server does not count.</summary>
    public async Task<long?> CountMembersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return MayCountHidden ? await grafana.CountCurrentMembersAsync(cancellationToken) : null;
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound && Version is null)
        {
            return null;
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            throw GrafanaClient.NoListing(absent);
        }
    }

    private void ReportHidden(ISyncContext sync, WalkResult result)
    {
        // Single logins are hidden, by name, and not everybody.
        if (result.Distinct == 0)
        {
            throw Incomplete.Contradicts("it lists no members of the token's organization", $"it counts {result.LastTotal}");
        }

        var text = $"Grafana counts {result.LastTotal} members but shows {result.Distinct}: the rest are hidden from this token ([users] hidden_users)";
        if (failOnHiddenUsers)
        {
            throw new ConnectorException(StatusCode.FailedPrecondition, $"{text}; unset --fail-on-hidden-users to sync without them");
        }

        sync.Warn(text);
    }
}
