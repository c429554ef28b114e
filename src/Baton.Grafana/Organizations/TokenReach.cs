using Baton.Grafana.Api;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Organizations;

/// <summary>The one organization of a service-account token.</summary>
internal sealed class TokenReach(GrafanaClient grafana, ServerBuildProbe build, bool? failOnUnreachable) : IOrganizationReach
{
    public GrafanaClient In(long organizationId) => grafana;

    public async Task<IReadOnlyList<Organization>> ListOwnAsync(CancellationToken cancellationToken)
    {
        var current = await grafana.GetCurrentOrganizationAsync(cancellationToken);
        return [Organization.Of(current)];
    }

    // For a token there are no others: nothing of theirs was ever listed with it.
    public Task<bool> IsEverywhereAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task<IReadOnlyList<OrganizationView>> ListAsync(Needs needs, ISyncContext sync, CancellationToken cancellationToken)
    {
        var permissions = await sync.OnceAsync(
            "grafana.permissions",
            async token => await OwnPermissions.ReadAsync(grafana, (await build.ReadAsync(token)).Version, token),
            cancellationToken);
        if (permissions.GapFor(needs.Actions) is { } gap)
        {
            if (failOnUnreachable != true && needs.MayBeLeftOut(sync))
            {
                sync.Warn($"the {needs.What} cannot be read: {gap}; they are not synced");
                return [];
            }

            throw new ConnectorException(
                StatusCode.PermissionDenied, $"the {needs.What} cannot be read: {gap}; or leave the type out (--sync-resource-types)");
        }

        return [.. (await ListOwnAsync(cancellationToken)).Select(organization => new OrganizationView(organization, grafana))];
    }
}
