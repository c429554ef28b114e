using Baton.Grafana.Api;
using Baton.Grafana.Directory;
using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>
/// Sees to the organizations of a new account. Grafana puts it where its configuration says (<c>auto_assign_org</c>), or into one of its
/// own, whatever was asked for.
/// </summary>
internal sealed class AccountPlacement(GrafanaClient grafana, ServerMemberships memberships, AccountPolicy policy, RetryPolicy retry)
{
    /// <returns>What the account belongs to in the end, and what was done about it, for people.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Account account, long? wanted, Change change, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var given = await ReadAsync(account.Id, cancellationToken);
        if (wanted is { } id && given.All(membership => membership.OrgId != id))
        {
            var address = await memberships.AddressAsync(new(account.Id, [account.Login]), cancellationToken);
            Note(await memberships.AddAsync(change, id, address, policy.DefaultRole.Name, cancellationToken), $"add it to organization {id}");
        }

        if (policy.RemoveAutoAssigned)
        {
            foreach (var membership in given.Where(membership => membership.OrgId != wanted))
            {
                Note(await memberships.RemoveAsync(change, membership.OrgId, account.Id, cancellationToken), $"remove it from organization {membership.OrgId} ({membership.Name})");
            }
        }

        var now = await ReadAsync(account.Id, cancellationToken);
        notes.Add(now.Count == 0
            ? "it belongs to no organization"
            : $"it is {string.Join(" and ", now.Select(membership => $"{membership.Role} of organization {membership.OrgId} ({membership.Name})"))}");
        return notes;

        void Note(WriteAnswer answer, string what)
        {
            if (!answer.IsSuccess)
            {
                notes.Add($"could not {what}: {answer.Message}");
            }
        }
    }

    private Task<IReadOnlyList<GrafanaUserOrganization>> ReadAsync(long id, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.GetUserOrganizationsAsync(id, cancellationToken), cancellationToken);
}
