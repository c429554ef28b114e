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
internal sealed class ServerReach(GrafanaClient grafana, ServerBuildProbe build, ServerDirectory directory, bool failOnUnreachable) : IOrganizationReach
{
    private const int Named = 5;

    public GrafanaClient In(long organizationId) => grafana.In(organizationId);

    public async Task<IReadOnlyList<Organization>> ListOwnAsync(CancellationToken cancellationToken)
        => [.. (await grafana.ListOwnOrganizationsAsync(cancellationToken)).Select(Organization.Of)];

    public async Task<bool> IsEverywhereAsync(CancellationToken cancellationToken)
    {
        var own = (await grafana.ListOwnOrganizationsAsync(cancellationToken)).Select(organization => organization.OrgId).ToHashSet();
        for (var page = 0; ; page++)
        {
            var rows = await grafana.ListOrganizationsAsync(page, GrafanaClient.LargestPage, cancellationToken);
            if (rows.Any(row => !own.Contains(row.Id)))
            {
                return false;
            }

            // A server that does not page answers the same for ever.
            if (rows.Count < GrafanaClient.LargestPage || page * GrafanaClient.LargestPage > own.Count)
            {
                return true;
            }
        }
    }

    public async Task<IReadOnlyList<OrganizationView>> ListAsync(
        string what, IReadOnlyList<NeededAction> needed, ISyncContext sync, CancellationToken cancellationToken)
    {
        var access = await sync.OnceAsync("grafana.reach", token => ReadAsync(sync, token), cancellationToken);
        var (views, closed) = (new List<OrganizationView>(), new List<(Organization Organization, string Reason)>());
        foreach (var (organization, membership) in access)
        {
            if (membership.Refusal(needed) is { } reason)
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
            Report(what, closed, sync, isError: failOnUnreachable || views.Count == 0);
        }

        return views;
    }

    private static void Report(string what, List<(Organization Organization, string Reason)> closed, ISyncContext sync, bool isError)
    {
        var named = string.Join(", ", closed.Take(Named).Select(one => $"{one.Organization.Id} ({one.Organization.Name})"));
        var others = closed.Count > Named ? $" and {closed.Count - Named} others" : "";
        var text = $"the {what} of organization {named}{others} cannot be read: {closed[0].Reason}";
        if (isError)
        {
            throw new ConnectorException(
                StatusCode.PermissionDenied, $"{text}; make the account an Admin there, or leave the type out (--sync-resource-types)");
        }

        sync.Warn($"{text}; they are not synced");
    }

    private async Task<List<(Organization Organization, OwnAccess Access)>> ReadAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        var roles = (await grafana.ListOwnOrganizationsAsync(cancellationToken)).ToDictionary(own => own.OrgId, own => own.Role ?? "");
        var organizations = new List<Organization>();
        await foreach (var slice in directory.ListOrganizationsAsync(sync, cancellationToken))
        {
            organizations.AddRange(slice);
        }

        // Grafana lists them by name.
        organizations.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        var version = (await build.ReadAsync(cancellationToken)).Version;
        var access = new OwnAccess[organizations.Count];
        await Parallel.ForAsync(
            0,
            organizations.Count,
            new ParallelOptions { MaxDegreeOfParallelism = sync.Parallelism, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var id = organizations[index].Id;
                access[index] = roles.TryGetValue(id, out var role)
                    ? new(role, await OwnPermissions.ReadAsync(grafana.In(id), version, token))
                    : OwnAccess.None;
            });
        return [.. organizations.Zip(access)];
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
