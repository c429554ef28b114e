using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Memberships;

/// <summary>Grants and revokes organization roles, one change at a time an organization.</summary>
/// <param name="open">Makes the view of the memberships for one change, with how long it waits out what passes by itself.</param>
/// <param name="build">Which Grafana it is.</param>
/// <param name="revokeMode">What revoking does to a token's own members.</param>
/// <param name="locks">Shared by everything that changes memberships.</param>
/// <param name="time">The clock of what is read back, and of waits.</param>
/// <param name="logger">Where the verified state is logged.</param>
internal sealed class RoleProvisioning(
    Func<ServerBuild, RetryPolicy, IMemberships> open,
    ServerBuildProbe build,
    TokenRevokeMode revokeMode,
    ChangeLocks locks,
    TimeProvider time,
    ILogger logger)
{
    public async Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
    {
        var request = RoleRequest.Of(entitlement);
        var account = AccountReference.Of(principal);
        var (server, memberships) = await OpenAsync(cancellationToken);
        var grant = new RoleGrant(memberships, server, time, logger);
        return await locks.RunAsync(request.OrganizationId, () => grant.RunAsync(request, account, change, cancellationToken), cancellationToken);
    }

    public async Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
    {
        var request = RoleRequest.Of(grant.Entitlement);
        var account = AccountReference.Of(grant.Principal);
        var (server, memberships) = await OpenAsync(cancellationToken);
        var revocation = new RoleRevocation(memberships, server, revokeMode, time, logger);
        return await locks.RunAsync(request.OrganizationId, () => revocation.RunAsync(request, account, change, cancellationToken), cancellationToken);
    }

    /// <summary>Changes a membership that is the expected one; null stands for none.</summary>
    /// <exception cref="RoleConflictException">It is another.</exception>
    public async Task<ChangeOutcome> SetAsync(
        long organizationId, long accountId, OrganizationRole? expected, OrganizationRole? wanted, Change change, CancellationToken cancellationToken)
    {
        var account = new AccountReference(accountId, []);
        var (server, memberships) = await OpenAsync(cancellationToken);
        return await locks.RunAsync(
            organizationId,
            () => wanted is null
                ? new RoleRevocation(memberships, server, revokeMode, time, logger).RunAsync(new(organizationId, expected!), account, change, cancellationToken)
                : new RoleGrant(memberships, server, time, logger) { OnlyFrom = new(expected?.Name) }.RunAsync(new(organizationId, wanted), account, change, cancellationToken),
            cancellationToken);
    }

    private async Task<(ServerBuild Server, IMemberships Memberships)> OpenAsync(CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);
        return (server, open(server, retry));
    }
}
