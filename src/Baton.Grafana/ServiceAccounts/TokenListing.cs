using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>
/// The tokens of a service account. Grafana cuts the list at a number that depends on the release and does not say so; tokens that are
/// cut off would look deleted.
/// </summary>
internal static class TokenListing
{
    /// <summary>Where lists were seen to end: in Grafana 9, and in later releases.</summary>
    private static readonly int[] Caps = [300, 1000];

    /// <summary>Whether there may be more.</summary>
    public static bool IsCut(IReadOnlyList<GrafanaToken> tokens) => Array.IndexOf(Caps, tokens.Count) >= 0;

    /// <summary>All of them; null when the account is gone meanwhile.</summary>
    /// <exception cref="ConnectorException">They cannot be read in full.</exception>
    public static async Task<IReadOnlyList<GrafanaToken>?> ReadAsync(PlacedServiceAccount account, CancellationToken cancellationToken)
    {
        var expected = account.Row.Tokens ?? 0;
        for (var attempt = 1; ; attempt++)
        {
            var tokens = await TryListAsync(account, cancellationToken);
            if (tokens is not null && IsCut(tokens))
            {
                throw Cut(account, tokens.Count);
            }

            if (tokens is not null && tokens.Count >= expected)
            {
                return tokens;
            }

            // Fewer than there were a moment ago: somebody deleted some, or all with the account, or not all are listed.
            if (await FindAsync(account, cancellationToken) is not { } now)
            {
                return null;
            }

            expected = now.Tokens ?? expected;
            if (tokens is null || tokens.Count < expected)
            {
                Incomplete.RequireAnotherTry(attempt, $"the tokens of {account}", $"{tokens?.Count ?? 0} were listed of {expected}");
            }
        }
    }

    private static ConnectorException Cut(PlacedServiceAccount account, int count) => new(
        StatusCode.FailedPrecondition,
        $"Grafana lists {count} tokens of {account}, which is where it cuts such lists: there may be more, and they would look deleted. "
            + "Delete tokens that have ended there, or leave the type service_account_token out (--sync-resource-types)");

    private static async Task<IReadOnlyList<GrafanaToken>?> TryListAsync(PlacedServiceAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return await account.View.Grafana.ListTokensAsync(account.Id, cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            throw new ConnectorException(
                StatusCode.PermissionDenied, $"{Prefix.Tokens}the tokens of {account} cannot be read: {forbidden.Message}; the credential needs serviceaccounts:read (scope serviceaccounts:*)", forbidden);
        }
    }

    private static async Task<GrafanaServiceAccount?> FindAsync(PlacedServiceAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return await account.View.Grafana.GetServiceAccountAsync(account.Id, cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }
}
