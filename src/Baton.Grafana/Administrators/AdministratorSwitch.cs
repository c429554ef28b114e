using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Administrators;

/// <summary>
/// Switches whether one account is a server administrator, and reads back that it happened. Grafana lets administrators take it from
/// themselves, and from the last one that can still sign in; that is refused here.
/// </summary>
internal sealed partial class AdministratorSwitch(
    GrafanaClient grafana, ServerBuild server, AccountGuards guards, RetryPolicy retry, TimeProvider time, ILogger logger)
{
    /// <exception cref="ConnectorException">It cannot be granted; the account is what it was unless the message says so.</exception>
    public async Task<ChangeOutcome> GrantAsync(long id, Change change, CancellationToken cancellationToken)
    {
        var account = await FindAsync(id, cancellationToken)
            ?? throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no account {id}");
        if (account.IsGrafanaAdmin == true)
        {
            return Done(id, true, $"{account.Login} is already a server administrator", new GrantAlreadyExists());
        }

        change.Checked($"{account.Login} (account {id}) is not a server administrator");
        RequireOwnDecision(account);
        change.Affects($"{account.Login} controls every organization, account and setting of the server");
        if (account.IsDisabled == true)
        {
            change.Affects($"{account.Login} is disabled, and a server administrator as soon as it is enabled");
        }

        return await SwitchAsync(account, true, change, cancellationToken)
            ?? throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}account {id} ({account.Login}) was deleted meanwhile");
    }

    /// <exception cref="ConnectorException">It cannot be revoked, or must not; the account is what it was unless the message says so.</exception>
    public async Task<ChangeOutcome> RevokeAsync(long id, Change change, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } account)
        {
            return Done(id, false, $"Grafana has no account {id}", new GrantAlreadyRevoked());
        }

        if (account.IsGrafanaAdmin == false)
        {
            return Done(id, false, $"{account.Login} is not a server administrator", new GrantAlreadyRevoked());
        }

        change.Checked($"{account.Login} (account {id}) is a server administrator");
        await guards.CheckServerAdministratorAsync(account, "take server administration from", change, cancellationToken);
        RequireOwnDecision(account);
        return await SwitchAsync(account, false, change, cancellationToken)
            ?? Done(id, false, $"account {id} ({account.Login}) was deleted meanwhile", new GrantAlreadyRevoked());
    }

    /// <returns>Null when the account is gone.</returns>
    private async Task<ChangeOutcome?> SwitchAsync(GrafanaProfile account, bool wanted, Change change, CancellationToken cancellationToken)
    {
        var answer = await retry.RunAsync(() => grafana.SetServerAdministratorAsync(change, account.Id, wanted, cancellationToken), cancellationToken);
        var after = await ReadBack.RunAsync(
            answer, () => FindAsync(account.Id, cancellationToken), found => found is null || found.IsGrafanaAdmin == wanted, () => retry.PauseAsync(cancellationToken));
        return after is null ? null
            : after.IsGrafanaAdmin == wanted ? Done(account.Id, wanted, wanted ? $"{account.Login} is a server administrator" : $"{account.Login} is no longer a server administrator", null)
            : throw Explain(account, wanted, answer, change);
    }

    private static void RequireOwnDecision(GrafanaProfile account)
    {
        if (account.IsGrafanaAdminExternallySynced == true)
        {
            throw ExternallySynced(account);
        }
    }

    private static ConnectorException Explain(GrafanaProfile account, bool wanted, WriteAnswer answer, Change change)
    {
        var still = wanted ? $"{account.Login} is not a server administrator" : $"{account.Login} still is a server administrator";
        return answer switch
        {
            { IsSuccess: true } => new(
                StatusCode.Aborted, $"{Prefix.Connector}Grafana said \"{answer.Message}\", but read back, {still}; somebody or an identity provider changes it at the same time"),
            { IsUnknown: true } or { Status: 500 } => new(
                StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, {still}", answer.Failure),
            { Status: 400 } when Says(answer, "last grafana admin") => change.Refuse(
                $"{Prefix.Connector}Grafana refuses to take server administration from {account.Login}: it is the last server administrator", "Make somebody else server administrator first"),
            { Status: 403 } when Says(answer, "externally synced") => ExternallySynced(account),
            { Status: 403 } => new(
                StatusCode.PermissionDenied,
                $"{Prefix.Connector}Grafana forbids it: {(answer.Message.Length > 0 ? answer.Message : "permission denied")}; the credential needs users.permissions:write (scope global.users:*)"),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
        };
    }

    private static ConnectorException ExternallySynced(GrafanaProfile account) => new(
        StatusCode.FailedPrecondition,
        $"{Prefix.Connector}an identity provider decides on whether {account.Login} is a server administrator, so Grafana refuses to change it. Change it there, or set "
        + "allow_assign_grafana_admin = false in the section of that provider in Grafana's configuration ([auth.<provider>])");

    private ChangeOutcome Done(long id, bool isServerAdministrator, string summary, IMessage? annotation)
    {
        var verified = new VerifiedState(isServerAdministrator ? InstanceSyncer.ServerAdministrator : "", time.GetUtcNow(), server);
        LogVerified(id, isServerAdministrator, server.Text);
        return new($"{summary}; {verified}") { Annotations = annotation is null ? [verified.Annotation] : [Annotations.Of(annotation), verified.Annotation] };
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

    private static bool Says(WriteAnswer answer, string words) => answer.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "server administrator verified")]
    private partial void LogVerified(long userId, bool isServerAdministrator, string grafanaVersion);
}
