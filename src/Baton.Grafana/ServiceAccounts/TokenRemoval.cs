using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>Deletes tokens of service accounts.</summary>
internal sealed partial class TokenRemoval(ServiceAccountDirectory directory, ServerBuildProbe build, TimeProvider time, ILogger logger)
{
    /// <exception cref="ConnectorException">It cannot be deleted; it is what it was unless the message says so.</exception>
    public async Task<ChangeOutcome> RunAsync(TokenHandle handle, Change change, CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);
        if (await retry.RunAsync(() => directory.FindAsync(handle.ServiceAccountId, cancellationToken), cancellationToken) is not { } account)
        {
            return Gone(handle, $"Grafana has no service account {handle.ServiceAccountId}", server, wasThere: false);
        }

        var before = await retry.RunAsync(() => ListAsync(account, cancellationToken), cancellationToken);
        var token = before.FirstOrDefault(row => row.Id == handle.TokenId);
        if (token is null && !TokenListing.IsCut(before))
        {
            return Gone(handle, $"{account} has no token {handle.TokenId}", server, wasThere: false);
        }

        var label = $"token {handle.TokenId} ({token?.Name}) of {account}";
        change.Checked($"{label} {LastUse(token)}");
        change.Affects($"whoever signs in with {label} is shut out");
        var answer = await retry.RunAsync(() => account.View.Grafana.DeleteTokenAsync(change, account.Id, handle.TokenId, cancellationToken), cancellationToken);
        var after = await ReadBackAsync(account, answer, label, retry, cancellationToken);
        if (after.All(row => row.Id != handle.TokenId) && (answer.IsSuccess || answer.Status == 404 || !TokenListing.IsCut(after)))
        {
            return Gone(handle, $"{label} is deleted; read back from {server}", server, wasThere: answer.Status != 404);
        }

        throw answer switch
        {
            { IsSuccess: true } => new ConnectorException(StatusCode.Aborted, $"{Prefix.Tokens}Grafana said \"{answer.Message}\", but {label} is still there"),
            { IsUnknown: true } or { Status: 500 } => new(StatusCode.Unavailable, $"{Prefix.Tokens}{answer.Failure?.Message}; {label} may still be there. Repeating it is safe", answer.Failure),
            { Status: 403 } => TokenRefusal.Forbidden(answer),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Tokens}{answer.Failure?.Message}", answer.Failure),
        };
    }

    private static string LastUse(GrafanaToken? token) => token switch
    {
        null => "is beyond what Grafana lists of that account",
        _ when GrafanaTime.Parse(token.LastUsedAt) is { } used => $"was last used at {used.UtcDateTime:u}",
        _ => "was never used",
    };

    // Gone with its account, in between, it has no more tokens either.
    private static async Task<IReadOnlyList<GrafanaToken>> ListAsync(PlacedServiceAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return await account.View.Grafana.ListTokensAsync(account.Id, cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<GrafanaToken>> ReadBackAsync(
        PlacedServiceAccount account, WriteAnswer answer, string label, RetryPolicy retry, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadBack.RunAsync(answer, () => retry.RunAsync(() => ListAsync(account, cancellationToken), cancellationToken));
        }
        catch (ConnectorException shutOut) when (answer.IsSuccess && shutOut.Code == StatusCode.Unauthenticated)
        {
            // A token cannot ask which one it is.
            throw new ConnectorException(
                StatusCode.Unauthenticated, $"{Prefix.Tokens}{label} is deleted, and Grafana refuses the connector from then on: it was the connector's own. Give it another", shutOut);
        }
    }

    private ChangeOutcome Gone(TokenHandle handle, string summary, ServerBuild server, bool wasThere)
    {
        LogGone(handle.ToString(), wasThere, server.Text);
        return new(summary) { Annotations = wasThere ? [] : [Annotations.Of(new ResourceDoesNotExist())] };
    }

    [LoggerMessage(EventId = 2261, Level = LogLevel.Information, Message = "token deletion verified")]
    private partial void LogGone(string handle, bool wasThere, string grafanaVersion);
}
