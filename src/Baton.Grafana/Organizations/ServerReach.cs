using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Organizations;

/// <summary>
/// The organizations that a server administrator belongs to. Being one opens no organization: Grafana shows an outsider empty lists, or
/// nothing. Which organization is the active one, which a person switches in passing, does not matter.
/// </summary>
internal sealed class ServerReach(GrafanaClient grafana, ServerBuildProbe build, ServerDirectory directory, bool? failOnUnreachable) : IOrganizationReach
{
    private const int Named = 5;

    /// <summary>Up to so many organizations, asking which edition it is costs more than it saves.</summary>
    private const int Few = 8;

    public GrafanaClient In(long organizationId) => grafana.In(organizationId);

    public async Task<IReadOnlyList<Organization>> ListOwnAsync(CancellationToken cancellationToken)
        => [.. (await grafana.ListOwnOrganizationsAsync(cancellationToken)).Select(Organization.Of)];

    public async Task<bool> IsEverywhereAsync(CancellationToken cancellationToken)
        => await new ServerOrganizations(grafana, build).AreAmongAsync(
            (await grafana.ListOwnOrganizationsAsync(cancellationToken)).Select(organization => organization.OrgId).ToHashSet(), cancellationToken);

    public async Task<IReadOnlyList<OrganizationView>> ListAsync(
        Needs needs, ISyncContext sync, CancellationToken cancellationToken)
    {
        var access = await sync.OnceAsync("grafana.reach", token => ReadAsync(sync, token), cancellationToken);
        var (views, closed) = (new List<OrganizationView>(), new List<(Organization Organization, string Reason)>());
        foreach (var (organization, membership) in access)
        {
            if (membership.Refusal(needs.Actions) is { } reason)
            {
                closed.Add((organization, reason));
            }
            else
            {
                views.Add(new(organization, grafana.In(organization.Id)));
            }
        }

        if (closed.Count > 0)
        {
            Report(needs, closed, sync, areAll: views.Count == 0);
        }

        return views;
    }

    private void Report(Needs needs, List<(Organization Organization, string Reason)> closed, ISyncContext sync, bool areAll)
    {
        if (failOnUnreachable is null && closed.FindAll(one => needs.WereThere(sync, one.Organization.Id)) is { Count: > 0 } lost)
        {
            throw new ConnectorException(
                StatusCode.PermissionDenied,
                $"{Describe(needs, lost)}, and an earlier sync had some, which would look deleted; make the account an Admin there, or let them go (--fail-on-unreachable-organizations=false)");
        }

        if (failOnUnreachable != true && (!areAll || needs.MayBeLeftOut(sync)))
        {
            sync.Warn($"{Describe(needs, closed)}; they are not synced");
            return;
        }

        throw new ConnectorException(
            StatusCode.PermissionDenied, $"{Describe(needs, closed)}; make the account an Admin there, or leave the type out (--sync-resource-types)");
    }

    private static string Describe(Needs needs, List<(Organization Organization, string Reason)> closed)
        => $"the {needs.What} {string.Join("; ", closed.GroupBy(one => one.Reason, StringComparer.Ordinal).Select(Describe))}";

    private static string Describe(IGrouping<string, (Organization Organization, string Reason)> closed)
    {
        var named = string.Join(", ", closed.Take(Named).Select(one => $"{one.Organization.Id} ({one.Organization.Name})"));
        var others = closed.Count() > Named ? $" and {closed.Count() - Named} others" : "";
        return $"of organization {named}{others} cannot be read: {closed.Key}";
    }

    private async Task<List<(Organization Organization, OwnAccess Access)>> ReadAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        var own = await OwnAccount.OfAsync(grafana, sync, cancellationToken);
        var organizations = new List<Organization>();
        await foreach (var slice in directory.ListOrganizationsAsync(sync, cancellationToken))
        {
            organizations.AddRange(slice);
        }

        // Grafana lists them by name.
        organizations.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        var version = (await build.ReadAsync(cancellationToken)).Version;
        var permissions = new RolePermissions(grafana, version, isOpenSource: own.Memberships.Count > Few && await IsOpenSourceAsync(cancellationToken));
        var access = new OwnAccess[organizations.Count];
        await Parallel.ForAsync(
            0,
            organizations.Count,
            new ParallelOptions { MaxDegreeOfParallelism = sync.Parallelism, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var id = organizations[index].Id;
                access[index] = own.Memberships.TryGetValue(id, out var membership)
                    ? new(membership.Role ?? "", await permissions.ReadAsync(id, membership.Role ?? "", token))
                    : OwnAccess.None;
            });
        return [.. organizations.Zip(access)];
    }

    private async Task<bool> IsOpenSourceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await grafana.GetFrontendSettingsAsync(cancellationToken)).IsOpenSource;
        }
        catch (ConnectorException untold) when (!untold.IsTransient && untold.Code is not StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    /// <summary>What the account may do in an organization.</summary>
    /// <param name="Role">Its role there; null when it is not a member.</param>
    /// <param name="Permissions">What the server tells about it.</param>
    private sealed record OwnAccess(string? Role, OwnPermissions? Permissions)
    {
        public static readonly OwnAccess None = new(null, null);

        /// <summary>Why a listing cannot be made; null when it can.</summary>
        public string? Refusal(IReadOnlyList<NeededAction> needed) => this switch
        {
            { Role: null } => "the account is not a member",
            { Permissions.AreTold: true } => Permissions.GapFor(needed),
            { Role: not "Admin" } => $"the account is {Role} there, not Admin",
            _ => null,
        };
    }
}
