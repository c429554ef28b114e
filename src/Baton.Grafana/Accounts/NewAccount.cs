using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>
/// An account from the moment on that it is there: it is read back and put into its organizations. Nothing may be thrown any more that
/// would lose its password, so what goes wrong is told with the result.
/// </summary>
internal sealed partial class NewAccount(
    GrafanaClient grafana, ServerMemberships memberships, ServerBuild server, AccountPolicy policy, RetryPolicy retry, TimeProvider time, ILogger logger)
{
    public async Task<AccountOutcome> FinishAsync(
        long id, AccountDetails details, CredentialRequest credential, Plaintext password, Change change, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var asked = new Account { Id = id, Login = details.Login, Email = details.Email, Name = details.FullName, IsDisabled = false };
        var account = await TryAsync(id, () => ReadAsync(id, cancellationToken), "it could not be read back, and is shown as it was asked for", notes) ?? asked;
        var placement = new AccountPlacement(grafana, memberships, policy, retry);
        notes.AddRange(
            await TryAsync(id, () => placement.RunAsync(account, details.OrganizationId, change, cancellationToken), Unplaced(details), notes) ?? []);
        if (credential.ForceChangeAtNextLogin)
        {
            notes.Add("Grafana cannot demand another password at the next sign-in");
        }

        var at = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var source = ReferenceEquals(account, asked) ? $"created at {at} on {server}" : $"read back at {at} from {server}";
        return new AccountOutcome.Created(
            $"created account {id} ({account.Login}){string.Concat(notes.Select(note => $"; {note}"))}; {source}",
            AccountResource.Make(account, time.GetUtcNow()))
        {
            Plaintexts = [password],
        };
    }

    private async Task<Account> ReadAsync(long id, CancellationToken cancellationToken)
        => Account.Of(await retry.RunAsync(() => grafana.GetUserAsync(id, cancellationToken), cancellationToken));

    private static string Unplaced(AccountDetails details)
        => details.OrganizationId is { } wanted ? $"whether it is a member of organization {wanted} is not known" : "what organizations it belongs to is not known";

    private async Task<T?> TryAsync<T>(long id, Func<Task<T>> step, string otherwise, List<string> notes)
        where T : class
    {
        try
        {
            return await step();
        }
        catch (Exception failure) when (failure is ConnectorException or OperationCanceledException)
        {
            LogUnfinished(id, failure.Message);
            notes.Add($"{otherwise}: {failure.Message}");
            return null;
        }
    }

    [LoggerMessage(EventId = 2203, Level = LogLevel.Warning, Message = "account created, but not everything was done")]
    private partial void LogUnfinished(long userId, string error);
}
