using Baton.Sdk.Connectors;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>
/// Deletes a token that was made and cannot be handed over: alive, and in nobody's hands. Whoever stops the change does not stop this;
/// it ends by itself.
/// </summary>
internal sealed class TokenDiscard(TokenRequest token, Change change, RetryPolicy retry, TimeProvider time)
{
    private const int Attempts = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="id">Which it is; null for the one of the name, if there is one.</param>
    /// <returns>What became of it, as the end of a sentence.</returns>
    public async Task<string> RunAsync(long? id)
    {
        using var bound = new CancellationTokenSource(Longest, time);
        var reason = "Grafana does not delete it";
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if ((id is null || attempt > 1) && await FindAsync(id, bound.Token) is var there)
                {
                    if (there is null)
                    {
                        return id is null ? $"no token named {token.Name} is there, as far as can be seen" : "it was deleted again";
                    }

                    id = there;
                }

                var answer = await retry.RunAsync(
                    () => token.Account.View.Grafana.DeleteTokenAsync(change, token.Account.Id, id!.Value, bound.Token), bound.Token);
                if (answer.IsSuccess || answer.Status == 404)
                {
                    return "it was deleted again";
                }

                reason = answer.Failure?.Message ?? reason;
            }
        }
        catch (ConnectorException failure)
        {
            reason = failure.Message;
        }
        catch (OperationCanceledException)
        {
            reason = $"Grafana does not answer within {Longest.TotalSeconds:0} seconds";
        }

        var which = id is { } known ? $"it ({new TokenHandle(token.Account.Id, known)}) is left" : $"a token named {token.Name} may be there";
        return $"{which}, asked to end at {token.Deadline.UtcDateTime:u}, and must be deleted by hand: {reason}";
    }

    private async Task<long?> FindAsync(long? id, CancellationToken cancellationToken)
    {
        var rows = await retry.RunAsync(() => token.Account.View.Grafana.ListTokensAsync(token.Account.Id, cancellationToken), cancellationToken);
        return rows.FirstOrDefault(row => id is { } known ? row.Id == known : row.Name == token.Name)?.Id;
    }
}
