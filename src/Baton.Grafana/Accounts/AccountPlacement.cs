using System.Text.Json;
using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>
/// Sees to the organizations of a new account. Grafana puts it where its configuration says (<c>auto_assign_org</c>), or into one of its
/// own, whatever was asked for.
/// </summary>
internal sealed class AccountPlacement(GrafanaClient grafana, ServerMemberships memberships, AccountPolicy policy, RetryPolicy retry)
{
    /// <summary>Tells a dry run what follows on the creation.</summary>
    public static void Announce(AccountDetails details, AccountPolicy policy, Change change)
    {
        if (details.OrganizationId is { } organization)
        {
            change.Announce(new(
                "POST",
                $"/api/orgs/{organization}/users",
                $$"""{"loginOrEmail":"{{JsonEncodedText.Encode(details.Login)}}","role":"{{policy.DefaultRole.Name}}"}, or PATCH of its role where Grafana has put the account there with another"""));
        }

        if (policy.RemoveAutoAssigned)
        {
            change.Announce(new("DELETE", "/api/orgs/(each other that Grafana put it in)/users/(its id)"));
        }
    }

    /// <returns>What the account belongs to in the end, and what could not be done about it, for people.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(Account account, long? wanted, Change change, CancellationToken cancellationToken)
    {
        var given = await ReadAsync(account.Id, cancellationToken);
        var answers = new List<(long Organization, string What, WriteAnswer Answer)>();
        if (wanted is { } id && await SettleAsync(account, id, given.FirstOrDefault(membership => membership.OrgId == id), change, cancellationToken) is { } settled)
        {
            answers.Add(settled);
        }

        foreach (var membership in given.Where(membership => policy.RemoveAutoAssigned && membership.OrgId != wanted))
        {
            answers.Add((
                membership.OrgId,
                $"could not remove it from {membership}",
                await memberships.RemoveAsync(change, membership.OrgId, account.Id, cancellationToken)));
        }

        // What there is now counts, and not the answers: one may have been lost on its way.
        var now = await ReadAsync(account.Id, cancellationToken);
        return
        [
            .. answers
                .Where(done => done.Organization == wanted
                    ? now.All(membership => membership.OrgId != wanted || membership.Role != policy.DefaultRole.Name)
                    : now.Any(membership => membership.OrgId == done.Organization))
                .Select(done => $"{done.What}: {done.Answer.Failure?.Message ?? $"Grafana said \"{done.Answer.Message}\""}"),
            now.Count == 0
                ? "it belongs to no organization"
                : $"it is {string.Join(" and ", now.Select(membership => $"{membership.Role} of {membership}"))}",
        ];
    }

    // Grafana takes the account into the organization with the role of its own configuration (auto_assign_org_role), whatever ours says.
    private async Task<(long Organization, string What, WriteAnswer Answer)?> SettleAsync(
        Account account, long id, GrafanaUserOrganization? there, Change change, CancellationToken cancellationToken)
    {
        if (there is not null)
        {
            return there.Role == policy.DefaultRole.Name ? null
                : (id, $"could not make it {policy.DefaultRole.Name} of {there}", await memberships.ChangeRoleAsync(change, id, account.Id, policy.DefaultRole.Name, cancellationToken));
        }

        var address = await memberships.AddressAsync(new(account.Id, [account.Login]), cancellationToken);
        return (id, $"could not add it to organization {id}", await memberships.AddAsync(change, id, address, policy.DefaultRole.Name, cancellationToken));
    }

    private Task<IReadOnlyList<GrafanaUserOrganization>> ReadAsync(long id, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.GetUserOrganizationsAsync(id, cancellationToken), cancellationToken);
}
