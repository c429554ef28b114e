using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>Deletes an account of the server, or disables it where the operator wants that; never one that somebody must keep.</summary>
internal sealed partial class ServerAccountRemoval(
    GrafanaClient grafana, ServerBuild server, AccountPolicy policy, RetryPolicy retry, ILogger logger)
{
    /// <exception cref="ConnectorException">It cannot be done, or must not; the account is what it was unless the message says so.</exception>
    public async Task<ChangeOutcome> RunAsync(long id, Change change, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } account)
        {
            return Gone(id, $"Grafana has no account {id}", wasThere: false);
        }

        var guards = new AccountGuards(grafana, new ServerMemberships(grafana, retry), policy, retry);
        if (policy.Deprovisioning == Deprovisioning.Disable)
        {
            return await new AccountSwitch(grafana, server, guards, retry, logger).DisableAsync(account, change, cancellationToken);
        }

        await guards.CheckAsync(account, "delete", change, cancellationToken);
        change.Affects($"{account.Login} loses every membership, team and permission, and what only this account owns");
        var answer = await retry.RunAsync(() => grafana.DeleteUserAsync(change, id, cancellationToken), cancellationToken);
        if (await ReadBack.RunAsync(answer, () => FindAsync(id, cancellationToken), found => found is null, () => retry.PauseAsync(cancellationToken)) is null)
        {
            return Gone(id, $"account {id} ({account.Login}) is deleted; read back from {server}", wasThere: true);
        }

        throw answer switch
        {
            { IsSuccess: true } => new ConnectorException(
                StatusCode.Aborted, $"{Prefix.Connector}Grafana said \"{answer.Message}\", but account {id} ({account.Login}) is still there"),
            { IsUnknown: true } or { Status: 500 } => new(
                StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; account {id} ({account.Login}) is still there", answer.Failure),
            { Status: 403 } => new(StatusCode.PermissionDenied, $"{Prefix.Connector}Grafana forbids it: {answer.Message}; the credential needs users:delete (scope global.users:*)"),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
        };
    }

    private ChangeOutcome Gone(long id, string summary, bool wasThere)
    {
        LogGone(id, wasThere, server.Text);
        return new(summary) { Annotations = wasThere ? [] : [Annotations.Of(new ResourceDoesNotExist())] };
    }

    private async Task<GrafanaProfile?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(() => grafana.GetUserAsync(id, cancellationToken), cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 2221, Level = LogLevel.Information, Message = "account deletion verified")]
    private partial void LogGone(long userId, bool wasThere, string grafanaVersion);
}
