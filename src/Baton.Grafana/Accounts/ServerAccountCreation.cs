using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Directory;
using Baton.Grafana.Memberships;
using Baton.Grafana.Resources;
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
            throw new ConnectorException(StatusCode.InvalidArgument, $"grafana-connector: invalid organization ID: Grafana has no organization {wanted}");
        }

        if (await FindAsync(details, change, cancellationToken) is { } existing)
        {
            return existing;
        }

        if (details.OrganizationId is { } organization)
        {
            change.Announce(new("POST", $"/api/orgs/{organization}/users", $$"""{"loginOrEmail":"{{details.Login}}","role":"{{policy.DefaultRole.Name}}"}, unless Grafana has put the account there"""));
        }

        var passwords = new AccountPassword(credential);
        var password = passwords.Create();
        try
        {
            var answer = await CreateAsync(details, password, change, cancellationToken);
            if (passwords.IsRefused(answer))
            {
                password.Dispose();
                password = AccountPassword.CreateStronger();
                answer = await CreateAsync(details, password, change, cancellationToken);
            }

            if (answer is not { IsSuccess: true, Id: { } id })
            {
                password.Dispose();
                return await LookAgainAsync(details, answer, change, cancellationToken);
            }

            LogCreated(id, details.Login, server.Text);
            return await DescribeAsync(id, details, credential, password, change, cancellationToken);
        }
        catch
        {
            password.Dispose();
            throw;
        }
    }

    private Task<WriteAnswer> CreateAsync(AccountDetails details, Plaintext password, Change change, CancellationToken cancellationToken)
        => retry.RunAsync(
            () => grafana.CreateUserAsync(
                change, new(details.FullName, details.Email, details.Login), details.OrganizationId, password.Bytes, cancellationToken),
            cancellationToken);

    /// <summary>The account that has the login or the address already; null when none has.</summary>
    private async Task<AccountOutcome?> FindAsync(AccountDetails details, Change change, CancellationToken cancellationToken)
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
                    $"account {account.Id} ({account.Login}) was there before; its password was not touched",
                    AccountResource.Make(account, time.GetUtcNow()));
            default:
                throw new ConnectorException(
                    StatusCode.AlreadyExists,
                    $"grafana-connector: the login {details.Login} and the address {details.Email} belong to different accounts: "
                    + $"{string.Join(", ", accounts.Select(account => $"{account.Id} ({account.Login}, {account.Email})"))}; nothing was changed. Rename one of them, or ask for another login");
        }
    }

    // Grafana refuses, or is not known to have answered: somebody else may have made the account, or our own request after all.
    private async Task<AccountOutcome> LookAgainAsync(AccountDetails details, WriteAnswer answer, Change change, CancellationToken cancellationToken)
    {
        if ((answer.IsUnknown || answer.IsSuccess || answer.Status is 409 or 412 or 500)
            && await FindAsync(details, change, cancellationToken) is { } found)
        {
            return found;
        }

        throw answer switch
        {
            { IsUnknown: true } => new ConnectorException(
                StatusCode.Unavailable, $"grafana-connector: failed to create user: {answer.Failure?.Message}; there is no such account", answer.Failure),
            { Status: 409 or 412 } => new(StatusCode.AlreadyExists, $"grafana-connector: failed to create user: {answer.Message}, and yet no account with that login or address is to be found"),
            { Status: 403 } when answer.Message.Contains("quota", StringComparison.OrdinalIgnoreCase) => new(
                StatusCode.ResourceExhausted, $"grafana-connector: failed to create user: {answer.Message}"),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"grafana-connector: failed to create user: {answer.Failure?.Message ?? answer.Message}", answer.Failure),
        };
    }

    // From here on the account is there: nothing may be thrown that would lose its password.
    private async Task<AccountOutcome> DescribeAsync(
        long id, AccountDetails details, CredentialRequest credential, Plaintext password, Change change, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var account = new Account { Id = id, Login = details.Login, Email = details.Email, Name = details.FullName, IsDisabled = false };
        try
        {
            account = Account.Of(await retry.RunAsync(() => grafana.GetUserAsync(id, cancellationToken), cancellationToken));
            var placement = new AccountPlacement(grafana, _memberships, policy, retry);
            notes.AddRange(await placement.RunAsync(account, details.OrganizationId, change, cancellationToken));
        }
        catch (Exception failure) when (failure is ConnectorException or OperationCanceledException)
        {
            LogUnfinished(id, failure.Message);
            notes.Add($"not everything was done: {failure.Message}");
        }

        if (credential.ForceChangeAtNextLogin)
        {
            notes.Add("Grafana cannot demand another password at the next sign-in");
        }

        var at = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new AccountOutcome.Created(
            $"created account {id} ({account.Login}){string.Concat(notes.Select(note => $"; {note}"))}; read back at {at} from {server}",
            AccountResource.Make(account, time.GetUtcNow()))
        {
            // An encrypted password is known to whoever sent it.
            Plaintexts = [password],
        };
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "account created")]
    private partial void LogCreated(long userId, string login, string grafanaVersion);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "account exists already")]
    private partial void LogExists(long userId, string login);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "account created, but not everything was done")]
    private partial void LogUnfinished(long userId, string error);
}
