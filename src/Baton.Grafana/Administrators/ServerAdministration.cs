using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Administrators;

/// <summary>Makes accounts server administrators and takes that from them, one change of accounts at a time.</summary>
/// <param name="grafana">The server.</param>
/// <param name="build">Which Grafana it is.</param>
/// <param name="policy">What the operator decides about changes of accounts.</param>
/// <param name="locks">Shared by everything that changes accounts and memberships.</param>
/// <param name="time">The clock of what is read back, and of waits.</param>
/// <param name="logger">Where the verified state is logged.</param>
internal sealed class ServerAdministration(
    GrafanaClient grafana, ServerBuildProbe build, AccountPolicy policy, ChangeLocks locks, TimeProvider time, ILogger logger)
{
    public Uri Instance => grafana.Instance;

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
    {
        Require(entitlement);
        var account = AccountReference.Of(principal);
        return RunAsync(switching => switching.GrantAsync(account.Id, change, cancellationToken), cancellationToken);
    }

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
    {
        Require(grant.Entitlement);
        var account = AccountReference.Of(grant.Principal);
        return RunAsync(switching => switching.RevokeAsync(account.Id, change, cancellationToken), cancellationToken);
    }

    private async Task<ChangeOutcome> RunAsync(Func<AdministratorSwitch, Task<ChangeOutcome>> change, CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);
        var guards = new AccountGuards(grafana, new ServerMemberships(grafana, retry), policy, retry);
        return await locks.RunAsync(() => change(new AdministratorSwitch(grafana, server, guards, retry, time, logger)), cancellationToken);
    }

    private static void Require(Entitlement? entitlement)
    {
        if (entitlement?.Resource?.Id is not { ResourceType: InstanceSyncer.TypeId, Resource: InstanceSyncer.Instance }
            || entitlement.Id != InstanceSyncer.ServerAdministratorId
            || entitlement.Slug is not ("" or InstanceSyncer.ServerAdministrator))
        {
            throw new ConnectorException(
                StatusCode.InvalidArgument,
                $"{Prefix.Connector}invalid entitlement {entitlement?.Id}: of the instance, only {InstanceSyncer.ServerAdministratorId} can be granted");
        }
    }
}
