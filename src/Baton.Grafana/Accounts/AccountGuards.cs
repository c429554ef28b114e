using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>What Grafana would let us do to an account and must not happen: locking ourselves out, or leaving nobody in charge.</summary>
internal sealed class AccountGuards(GrafanaClient grafana, ServerMemberships memberships, AccountPolicy policy, RetryPolicy retry)
{
    /// <param name="account">The account that is to go.</param>
    /// <param name="verb">What is done to it, such as <c>delete</c>.</param>
    /// <param name="change">Where what was looked at is noted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: it must not.</exception>
    public async Task CheckAsync(GrafanaProfile account, string verb, Change change, CancellationToken cancellationToken)
    {
        await RequireAnotherAccountAsync(account, verb, change, cancellationToken);
        await RequireServerAdminAsync(account, verb, change, cancellationToken);
        await RequireOrganizationAdminsAsync(account, verb, change, cancellationToken);
    }

    /// <summary>As <see cref="CheckAsync"/>, where the account stays and is only no server administrator any more.</summary>
    public async Task CheckServerAdministratorAsync(GrafanaProfile account, string verb, Change change, CancellationToken cancellationToken)
    {
        await RequireAnotherAccountAsync(account, verb, change, cancellationToken);
        await RequireServerAdminAsync(account, verb, change, cancellationToken);
    }

    private async Task RequireAnotherAccountAsync(GrafanaProfile account, string verb, Change change, CancellationToken cancellationToken)
    {
        var self = await retry.RunAsync(() => grafana.GetSignedInUserAsync(cancellationToken), cancellationToken);
        if (self.Id == account.Id)
        {
            change.Affects("the connector locks itself out");
            throw change.Refuse($"{Prefix.Connector}refusing to {verb} {account.Login}: it is the account that the connector signs in with", "Do it with another account, in Grafana");
        }

        change.Checked($"the connector signs in as {self.Login}, which is another account");
    }

    private async Task RequireServerAdminAsync(GrafanaProfile account, string verb, Change change, CancellationToken cancellationToken)
    {
        if (account.IsGrafanaAdmin != true)
        {
            change.Checked($"{account.Login} is not a server administrator");
            return;
        }

        change.Affects($"{account.Login} is no longer a server administrator");
        if (!await HasOtherServerAdminAsync(account.Id, cancellationToken))
        {
            throw change.Refuse(
                $"{Prefix.Connector}refusing to {verb} {account.Login}: it is the last server administrator that is enabled", "Make somebody else server administrator first");
        }

        change.Checked("there is another server administrator");
    }

    private async Task<bool> HasOtherServerAdminAsync(long accountId, CancellationToken cancellationToken)
    {
        for (var (page, seen) = (1, 0L); ; page++)
        {
            var rows = await retry.RunAsync(() => grafana.SearchUsersAsync(page, cancellationToken), cancellationToken);
            if (rows.Users?.Any(user => user.IsAdmin == true && user.IsDisabled != true && user.Id != accountId) == true)
            {
                return true;
            }

            seen += rows.Users?.Count ?? 0;
            if (rows.Users is not { Count: > 0 } || seen >= rows.TotalCount)
            {
                return false;
            }
        }
    }

    private async Task RequireOrganizationAdminsAsync(GrafanaProfile account, string verb, Change change, CancellationToken cancellationToken)
    {
        var orphaned = new List<string>();
        var held = await retry.RunAsync(() => grafana.GetUserOrganizationsAsync(account.Id, cancellationToken), cancellationToken);
        change.Checked(held.Count == 0
            ? $"{account.Login} belongs to no organization"
            : $"{account.Login} is {string.Join(" and ", held.Select(membership => $"{membership.Role} of {membership}"))}");
        foreach (var membership in held.Where(membership => membership.Role == OrganizationRole.Admin.Name))
        {
            switch (await memberships.FindOtherAdminsAsync(membership.OrgId, account.Id, cancellationToken))
            {
                case OtherAdmins.None:
                    orphaned.Add($"{membership.OrgId} ({membership.Name})");
                    change.Affects($"{membership} is left without an Admin");
                    break;
                case OtherAdmins.OnlyDisabled:
                    change.Affects($"the other Admins of {membership} are disabled accounts");
                    break;
                default:
                    break;
            }
        }

        if (orphaned.Count > 0 && !policy.AllowLastAdminRemoval)
        {
            throw change.Refuse(
                $"{Prefix.Connector}refusing to {verb} {account.Login}: it is the last Admin of organization {string.Join(", ", orphaned)}",
                "Make somebody else Admin there first, or set --allow-last-admin-removal");
        }
    }
}
