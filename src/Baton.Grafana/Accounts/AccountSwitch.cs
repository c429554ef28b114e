using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>Disables and enables accounts of the server, and reads back that it happened.</summary>
internal sealed partial class AccountSwitch(GrafanaClient grafana, ServerBuild server, AccountGuards guards, RetryPolicy retry, ILogger logger)
{
    /// <exception cref="ConnectorException">It must not be disabled, or cannot be: an identity provider decides on it, above all.</exception>
    public async Task<ChangeOutcome> DisableAsync(GrafanaProfile account, Change change, CancellationToken cancellationToken)
    {
        if (account.IsDisabled == true)
        {
            return Already(account, "disabled");
        }

        await guards.CheckAsync(account, "disable", change, cancellationToken);
        change.Affects($"{account.Login} is signed out everywhere and cannot sign in; its memberships stay");
        return await SwitchAsync(account, isDisabled: true, () => grafana.DisableUserAsync(change, account.Id, cancellationToken), cancellationToken);
    }

    /// <exception cref="ConnectorException">It cannot be enabled.</exception>
    public async Task<ChangeOutcome> EnableAsync(GrafanaProfile account, Change change, CancellationToken cancellationToken)
    {
        if (account.IsDisabled == false)
        {
            return Already(account, "enabled");
        }

        change.Affects($"{account.Login} can sign in again, with the memberships that it has");
        return await SwitchAsync(account, isDisabled: false, () => grafana.EnableUserAsync(change, account.Id, cancellationToken), cancellationToken);
    }

    private ChangeOutcome Already(GrafanaProfile account, string word) => new($"account {account.Id} ({account.Login}) is {word} already; read back from {server}") { IsAlready = true };

    private async Task<ChangeOutcome> SwitchAsync(
        GrafanaProfile account, bool isDisabled, Func<Task<WriteAnswer>> request, CancellationToken cancellationToken)
    {
        var word = isDisabled ? "disabled" : "enabled";
        var answer = await retry.RunAsync(request, cancellationToken);
        var after = await ReadBack.RunAsync(
            answer,
            () => retry.RunAsync(() => grafana.GetUserAsync(account.Id, cancellationToken), cancellationToken),
            found => found.IsDisabled == isDisabled,
            () => retry.PauseAsync(cancellationToken));
        if (after.IsDisabled == isDisabled)
        {
            LogSwitched(account.Id, word, server.Text);
            return new($"account {account.Id} ({account.Login}) is {word}; read back from {server}");
        }

        throw answer switch
        {
            { Status: 500 } when answer.Message.Contains("external user", StringComparison.OrdinalIgnoreCase) => new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Connector}{account.Login} signs in through an identity provider, and Grafana does not let such accounts be {word}; do it there"),
            { IsSuccess: true } => new(StatusCode.Aborted, $"{Prefix.Connector}Grafana said \"{answer.Message}\", but account {account.Id} ({account.Login}) is not {word}"),
            { IsUnknown: true } or { Status: 500 } => new(
                StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; account {account.Id} ({account.Login}) is not {word}", answer.Failure),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
        };
    }

    [LoggerMessage(EventId = 2231, Level = LogLevel.Information, Message = "account state verified")]
    private partial void LogSwitched(long userId, string state, string grafanaVersion);
}
