using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>
/// Creates an account on the server, when there is none like it, and reads it back. An account that is there already is left as it is:
/// its password above all, which somebody may know.
/// </summary>
internal sealed partial class ServerAccountCreation(
    GrafanaClient grafana, ServerBuild server, AccountPolicy policy, RetryPolicy retry, TimeProvider time, ILogger logger)
{
    private readonly ServerMemberships _memberships = new(grafana, retry);

    /// <exception cref="ConnectorException">It cannot be created; there is no new account unless the message says so.</exception>
    public async Task<AccountOutcome> RunAsync(AccountDetails details, CredentialRequest credential, Change change, CancellationToken cancellationToken)
    {
        if (details.OrganizationId is { } wanted && await _memberships.FindOrganizationAsync(wanted, cancellationToken) is null)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Connector}invalid organization ID: Grafana has no organization {wanted}");
        }

        if (await FindAsync(details, change, cancellationToken) is { } existing)
        {
            return existing;
        }

        if (details.OrganizationId is not null)
        {
            policy.RequireDefaultRole(server);
        }

        AccountPlacement.Announce(details, policy, change);
        var passwords = new AccountPassword(credential);
        var password = passwords.Create();
        try
        {
            if (change.IsDryRun && credential is CredentialRequest.GivenPassword)
            {
                await new ServerRules(grafana, retry).CheckPasswordAsync(password, change, cancellationToken);
            }

            var answer = await CreateAsync(details, password, change, cancellationToken);
            if (passwords.IsRefused(answer))
            {
                password.Dispose();
                password = passwords.CreateStronger();
                answer = await CreateAsync(details, password, change, cancellationToken);
            }

            if (answer is not { IsSuccess: true, Id: { } id })
            {
                password.Dispose();
                return await LookAgainAsync(details, answer, change, cancellationToken);
            }

            LogCreated(id, details.Login, server.Text);
            return await new NewAccount(grafana, _memberships, server, policy, retry, time, logger).FinishAsync(id, details, credential, password, change, cancellationToken);
        }
        catch
        {
            password.Dispose();
            throw;
        }
    }

    // Not cancelled once it is sent: the account might be there then, and its password lost.
    private Task<WriteAnswer> CreateAsync(AccountDetails details, Plaintext password, Change change, CancellationToken cancellationToken)
        => retry.RunAsync(
            () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return grafana.CreateUserAsync(
                    change, new(details.FullName, details.Email, details.Login), details.OrganizationId, password.Bytes, CancellationToken.None);
            },
            cancellationToken);

    /// <summary>The account that has the login or the address already; null when none has.</summary>
    private async Task<AccountOutcome.AlreadyExists?> FindAsync(AccountDetails details, Change change, CancellationToken cancellationToken)
    {
        var accounts = await AccountSearch.RunAsync(grafana, retry, details, cancellationToken);
        switch (accounts)
        {
            case []:
                change.Checked($"no account has the login {details.Login} or the address {details.Email}");
                return null;
            case [var account]:
                change.Checked($"account {account.Id} has the login {account.Login} and the address {account.Email}");
                LogExists(account.Id, account.Login);
                return new AccountOutcome.AlreadyExists(
                    $"account {account.Id} ({account.Login}) was there before; its password was not touched{await LacksAsync(account.Id, details, cancellationToken)}",
                    AccountResource.Make(account, time.GetUtcNow()));
            default:
                throw new ConnectorException(
                    StatusCode.AlreadyExists,
                    $"{Prefix.Connector}the login {details.Login} and the address {details.Email} belong to different accounts: "
                    + $"{string.Join(", ", accounts.Select(account => $"{account.Id} ({account.Login}, {account.Email})"))}; nothing was changed. Rename one of them, or ask for another login");
        }
    }

    // What was asked for beside the account is not done to one that somebody else made, or that was left half done, but neither hushed up.
    private async Task<string> LacksAsync(long id, AccountDetails details, CancellationToken cancellationToken)
        => details.OrganizationId is { } wanted
            && (await retry.RunAsync(() => grafana.GetUserOrganizationsAsync(id, cancellationToken), cancellationToken)).All(membership => membership.OrgId != wanted)
            ? $"; it is not a member of organization {wanted}, which was asked for: grant it a role there"
            : "";

    // Grafana refuses, or is not known to have answered: somebody else may have made the account, or our own request after all.
    private async Task<AccountOutcome> LookAgainAsync(AccountDetails details, WriteAnswer answer, Change change, CancellationToken cancellationToken)
    {
        var mayBeThere = answer.IsUnknown || answer.IsSuccess || answer.Status is 409 or 412 or 500;
        if (mayBeThere && await ReadBack.RunAsync(answer, () => FindAsync(details, change, cancellationToken)) is { } found)
        {
            return answer.IsUnknown || answer.IsSuccess ? Ours(found, details, answer) : found;
        }

        throw answer switch
        {
            { IsUnknown: true } => new ConnectorException(
                StatusCode.Unavailable, $"{Prefix.Connector}failed to create user: {answer.Failure?.Message}; there is no such account", answer.Failure),
            { Status: 409 or 412 } => new(StatusCode.AlreadyExists, $"{Prefix.Connector}failed to create user: {answer.Message}, and yet no account with that login or address is to be found"),
            { Status: 403 } when answer.Message.Contains("quota", StringComparison.OrdinalIgnoreCase) => new(
                StatusCode.ResourceExhausted, $"{Prefix.Connector}failed to create user: {answer.Message}"),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Connector}failed to create user: {answer.Failure?.Message ?? answer.Message}", answer.Failure),
        };
    }

    // It was not there a moment ago, so it most likely is our own, with a password that was never handed out.
    private AccountOutcome.AlreadyExists Ours(AccountOutcome.AlreadyExists found, AccountDetails details, WriteAnswer answer)
    {
        var id = found.Account.Id.Resource;
        LogAnswerLost(id, details.Login, answer.Failure?.Message ?? answer.Message);
        return new($"account {id} ({found.Account.DisplayName}) is there now, but Grafana's answer to its creation was lost, and with it the password; set another one in Grafana", found.Account);
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "account created")]
    private partial void LogCreated(long userId, string login, string grafanaVersion);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "account exists already")]
    private partial void LogExists(long userId, string login);

    [LoggerMessage(EventId = 2204, Level = LogLevel.Warning, Message = "account found after the answer to its creation was lost")]
    private partial void LogAnswerLost(string userId, string login, string error);
}
