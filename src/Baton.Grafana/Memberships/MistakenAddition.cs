using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Takes back that another account was added: Grafana adds whom it takes a text for at that moment, and somebody may be renamed between
/// looking and adding.
/// </summary>
internal static class MistakenAddition
{
    /// <param name="memberships">Where.</param>
    /// <param name="organization">The organization that it was added to.</param>
    /// <param name="account">Who was to be added.</param>
    /// <param name="address">By which text.</param>
    /// <param name="added">Who was.</param>
    /// <param name="change">The change that it is part of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What to fail with.</returns>
    public static async Task<ConnectorException> UndoAsync(
        IMemberships memberships, Organization organization, AccountReference account, string address, long added, Change change, CancellationToken cancellationToken)
    {
        var mistake = $"{Prefix.Connector}Grafana took '{address}' for account {added} and not for {account.Id}, and made it a member of {organization}";
        if (!memberships.SeesAllAccounts)
        {
            return new(
                StatusCode.Aborted,
                $"{mistake}. Remove that member in Grafana: it is not done here, because Grafana deletes an account that has no other organization");
        }

        // They get back what they had, which was no membership.
        try
        {
            var answer = await memberships.RemoveAsync(change, organization.Id, added, cancellationToken);
            return await memberships.ReadAsync(organization.Id, new AccountReference(added, []), cancellationToken) is MemberState.Member
                ? Stays(answer.Message)
                : new(StatusCode.Aborted, $"{mistake}; account {added} was removed from there again, and nothing else changed");
        }
        catch (ConnectorException failure)
        {
            return Stays(failure.Message);
        }

        ConnectorException Stays(string why) => new(StatusCode.Aborted, $"{mistake}, and removing it again failed ({why}). Remove that member in Grafana");
    }
}
