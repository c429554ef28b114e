using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Directory;

/// <summary>The one organization of a service-account token: Grafana Cloud, or any instance without a server administrator's password.</summary>
internal sealed class OrganizationDirectory(GrafanaClient grafana, bool failOnHiddenUsers) : IGrafanaDirectory
{
    public GrafanaVersion? Version { get; private set; }

    private bool TellsDisabled => Version is not { } version || version >= GrafanaVersion.CompleteMemberSearch;

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

        Version = await ServerProbe.VersionAsync(grafana, cancellationToken);
        await ServerProbe.RequireScopesAsync(grafana, Version, [new("org.users:read", ["users"], Required: true)], cancellationToken);
    }

    public async IAsyncEnumerable<IReadOnlyList<Account>> ListAccountsAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ListMembersAsync(sync, cancellationToken))
        {
            yield return [.. page.Select(member => Account.Of(member, TellsDisabled || member.IsDisabled == true))];
        }
    }

    public async Task<Account?> FindAccountAsync(long id, CancellationToken cancellationToken)
    {
        await foreach (var member in grafana.StreamCurrentMembersAsync(cancellationToken))
        {
            if (member.UserId == id)
            {
                return Account.Of(member, tellsDisabled: member.IsDisabled is not null);
            }
        }

        return null;
    }

    public async IAsyncEnumerable<IReadOnlyList<Organization>> ListOrganizationsAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = await grafana.GetCurrentOrganizationAsync(cancellationToken);
        yield return [new(current.Id, current.Name ?? "")];
    }

    public async Task<Organization?> FindOrganizationAsync(long id, CancellationToken cancellationToken)
    {
        var current = await grafana.GetCurrentOrganizationAsync(cancellationToken);
        return current.Id == id ? new(current.Id, current.Name ?? "") : null;
    }

    public async IAsyncEnumerable<IReadOnlyList<Membership>> ListMembershipsAsync(
        Organization organization, ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ListMembersAsync(sync, cancellationToken))
        {
            yield return [.. page.Select(Slices.MembershipOf)];
        }
    }

    private IAsyncEnumerable<IReadOnlyList<GrafanaMember>> ListMembersAsync(ISyncContext sync, CancellationToken cancellationToken)
        => Version is { } version && version < GrafanaVersion.CompleteMemberSearch
            ? Slices.OfMembersAsync(grafana.StreamCurrentMembersAsync(cancellationToken), cancellationToken)
            : SearchMembersAsync(sync, cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<GrafanaMember>> SearchMembersAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WalkResult? earlier = null;
        for (var attempt = 1; ; attempt++)
        {
            var walk = new CountedWalk<GrafanaMember>(GrafanaClient.LargestPage, SearchAsync, member => member.UserId);
            await foreach (var page in walk.PagesAsync(sync.Parallelism, cancellationToken))
            {
                yield return page;
            }

            if (walk.Result.IsComplete)
            {
                yield break;
            }

            // Twice the same shortfall with nothing moving: Grafana counts members that it hides from everybody but server administrators.
            if (earlier == walk.Result && walk.Result.FirstTotal == walk.Result.LastTotal)
            {
                ReportHidden(sync, walk.Result);
                yield break;
            }

            earlier = walk.Result;
            Incomplete.RequireAnotherTry(attempt, "members", walk.Result);
        }

        async Task<CountedPage<GrafanaMember>> SearchAsync(int page, CancellationToken token)
        {
            var found = await grafana.SearchCurrentMembersAsync(page, token);
            return new(found.OrgUsers, found.TotalCount);
        }
    }

    private void ReportHidden(ISyncContext sync, WalkResult result)
    {
        var text = $"Grafana counts {result.LastTotal} members but shows {result.Distinct}: the rest are hidden from this token ([users] hidden_users)";
        if (failOnHiddenUsers)
        {
            throw new ConnectorException(StatusCode.FailedPrecondition, $"{text}; unset --fail-on-hidden-users to sync without them");
        }

        sync.Warn(text);
    }
}
