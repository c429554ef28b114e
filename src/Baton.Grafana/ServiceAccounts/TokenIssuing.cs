using Baton.Grafana.Api;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>
/// Makes a token for a service account: of a bounded life, named by the request, and read back. What cannot be shown to be what was asked
/// for is deleted again, and so is a token whose key was lost with an answer.
/// </summary>
internal sealed partial class TokenIssuing(ServiceAccountDirectory directory, ServerBuildProbe build, Uri instance, TimeProvider time, ILogger logger)
{
    /// <exception cref="ConnectorException">None was made, or it was deleted again; otherwise the message says which is left.</exception>
    public async Task<IssuedCredential> RunAsync(long serviceAccountId, CredentialIssueRequest request, Change change, CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);
        var account = await retry.RunAsync(() => directory.FindAsync(serviceAccountId, cancellationToken), cancellationToken)
            ?? throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Tokens}Grafana has no service account {serviceAccountId}");
        var token = new TokenRequest(account, $"c1-{request.Id}", request.ExpiresAt ?? time.GetUtcNow() + TokenLife.Usual);
        await CheckAsync(token, retry, change, cancellationToken);

        using var made = await SendAsync(token, retry, change, cancellationToken);
        var row = await VerifyAsync(token, made, retry, change, cancellationToken);
        var end = GrafanaTime.Parse(row.Expiration)!.Value;
        LogIssued(new TokenHandle(account.Id, row.Id).ToString(), end.UtcDateTime, server.Text);
        return new($"token {row.Id} ({token.Name}) of {account} ends at {end.UtcDateTime:u}; read back from {server}", ServiceAccountTokenResource.Make(account.Id, row))
        {
            Plaintexts = [TokenCredential.Make(made.Key!.Bytes, instance, row.Id, end)],
        };
    }

    private static async Task CheckAsync(TokenRequest token, RetryPolicy retry, Change change, CancellationToken cancellationToken)
    {
        var account = token.Account;
        if (account.Row.IsDisabled == true)
        {
            throw change.Refuse($"{Prefix.Tokens}{account} is disabled, so that no token of it is let in", "Enable it in Grafana first");
        }

        var there = await retry.RunAsync(() => account.View.Grafana.ListTokensAsync(account.Id, cancellationToken), cancellationToken);
        if (there.FirstOrDefault(row => row.Name == token.Name) is { } earlier)
        {
            throw NameTaken(token, $" as {new TokenHandle(account.Id, earlier.Id)}");
        }

        // In a list that is cut, a new one may not be seen: it could be neither verified nor found again.
        if (TokenListing.IsCut(there))
        {
            throw change.Refuse(
                $"{Prefix.Tokens}{account} has {there.Count} tokens or more, and Grafana lists no more than that, so that a new one could not be read back",
                "Delete tokens that have ended first");
        }

        change.Checked($"{account} has {there.Count} tokens, none of them named {token.Name}");
    }

    private async Task<NewToken> SendAsync(TokenRequest token, RetryPolicy retry, Change change, CancellationToken cancellationToken)
    {
        var discard = new TokenDiscard(token, change, retry, time);
        var seconds = 0L;
        NewToken made;
        try
        {
            made = await retry.RunAsync(
                () =>
                {
                    // Anew each time: waiting out a rate limit takes from the life.
                    seconds = TokenLife.Seconds(time.GetUtcNow(), token.Deadline);
                    return token.Account.View.Grafana.AddTokenAsync(change, token.Account.Id, token.Name, seconds, cancellationToken);
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (change.Requests.Count > 0)
        {
            LogDiscarded(token.Name, await discard.RunAsync(id: null));
            throw;
        }

        if (made.Answer.IsSuccess)
        {
            return made;
        }

        using (made)
        {
            throw made.Answer switch
            {
                { IsUnknown: true } answer => new ConnectorException(
                    answer.Failure?.Code ?? StatusCode.Unavailable,
                    $"{Prefix.Tokens}{answer.Failure?.Message}; {await discard.RunAsync(id: null)}. Ask for a new one",
                    answer.Failure),
                { Status: 500 } answer => await ExplainAsync(answer, token, retry, cancellationToken),
                var answer when TokenRefusal.IsNameTaken(answer) => NameTaken(token, ""),
                var answer => TokenRefusal.Explain(answer, token.Account, seconds),
            };
        }
    }

    // Grafana answers so when two requests of one name meet, and then the token is the other's. So it is not deleted.
    private static async Task<ConnectorException> ExplainAsync(WriteAnswer answer, TokenRequest token, RetryPolicy retry, CancellationToken cancellationToken)
    {
        var rows = await ReadBackAsync(token, answer, retry, cancellationToken);
        return rows.FirstOrDefault(row => row.Name == token.Name) is { } there
            ? new(
                StatusCode.AlreadyExists,
                $"{Prefix.Tokens}{answer.Failure?.Message}; a token named {token.Name} is there ({new TokenHandle(token.Account.Id, there.Id)}), of this request or of one that came first. "
                    + "It must be deleted by hand, unless somebody has its key")
            : new(answer.Failure?.Code ?? StatusCode.Unavailable, $"{Prefix.Tokens}{answer.Failure?.Message}; read back, no token was made", answer.Failure);
    }

    private async Task<GrafanaToken> VerifyAsync(TokenRequest token, NewToken made, RetryPolicy retry, Change change, CancellationToken cancellationToken)
    {
        string broken;
        try
        {
            var row = made.Id is { } id && made.Key is not null
                ? (await ReadBackAsync(token, made.Answer, retry, cancellationToken)).FirstOrDefault(other => other.Id == id)
                : null;
            if (row is not null && token.Problem(row) is null)
            {
                return row;
            }

            broken = made.Id is null || made.Key is null ? "Grafana did not say its id or its key"
                : row is null ? "it is not among those that Grafana lists"
                : token.Problem(row)!;
        }
        catch (ConnectorException unread)
        {
            broken = unread.Message;
        }
        catch (OperationCanceledException)
        {
            LogDiscarded(token.Name, await new TokenDiscard(token, change, retry, time).RunAsync(made.Id));
            throw;
        }

        var end = await new TokenDiscard(token, change, retry, time).RunAsync(made.Id);
        LogDiscarded(token.Name, end);
        throw new ConnectorException(StatusCode.Internal, $"{Prefix.Tokens}a token named {token.Name} was made for {token.Account}, but {broken}; {end}");
    }

    private static async Task<IReadOnlyList<GrafanaToken>> ReadBackAsync(
        TokenRequest token, WriteAnswer answer, RetryPolicy retry, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(() => token.Account.View.Grafana.ListTokensAsync(token.Account.Id, cancellationToken), cancellationToken);
        }
        catch (ConnectorException unread)
        {
            var said = answer.IsSuccess ? "" : $"{answer.Failure?.Message}, and ";
            throw new ConnectorException(unread.Code, $"{said}what came of it could not be read back: {unread.Message}", unread) { IsTransient = false };
        }
    }

    private static ConnectorException NameTaken(TokenRequest token, string where) => new(
        StatusCode.AlreadyExists,
        $"{Prefix.Tokens}a token named {token.Name} is there already{where}, made by an earlier attempt at this request, whose key is known to whoever got it then; "
            + "delete it if nobody did, and make a new request");

    [LoggerMessage(EventId = 2271, Level = LogLevel.Information, Message = "token verified")]
    private partial void LogIssued(string handle, DateTime expiresAt, string grafanaVersion);

    [LoggerMessage(EventId = 2272, Level = LogLevel.Warning, Message = "token not handed over")]
    private partial void LogDiscarded(string name, string end);
}
