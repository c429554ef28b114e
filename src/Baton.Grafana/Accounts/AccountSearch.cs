using Baton.Grafana.Api;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>
/// Which accounts of the server already have a login or an address. Grafana tells them apart by case on some databases and in some
/// versions; people do not.
/// </summary>
internal static class AccountSearch
{
    public static async Task<IReadOnlyList<Account>> RunAsync(
        GrafanaClient grafana, RetryPolicy retry, AccountDetails details, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Account>();
        foreach (var text in new[] { details.Login, details.Email }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            // Grafana searches by parts of login, address and name, and so finds more than is meant.
            for (var (page, seen) = (1, 0L); ; page++)
            {
                var rows = await retry.RunAsync(() => grafana.SearchUsersAsync(text, page, cancellationToken), cancellationToken);
                foreach (var user in rows.Users ?? [])
                {
                    if (IsSame(user.Login, text) || IsSame(user.Email, text))
                    {
                        found[user.Id] = Account.Of(user);
                    }
                }

                seen += rows.Users?.Count ?? 0;
                if (rows.Users is not { Count: > 0 } || seen >= rows.TotalCount)
                {
                    break;
                }
            }
        }

        return [.. found.Values];
    }

    private static bool IsSame(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
