using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;

namespace Podium.Tests.Connectors;

/// <summary>
/// Who was in which organizations of a Grafana, each time that it came to rest: so how often each grant began, and that no account was there twice. Every connector of the database
/// must show the same.
/// </summary>
internal sealed class ExpectedHistory(FakeGrafana grafana, int organizations)
{
    // Users are numbered without gaps, and none is removed.
    private const int MostUsers = 100_000;

    private readonly Dictionary<string, int> _begun = [];
    private HashSet<string> _now = [];

    private int Accounts => Enumerable.Range(1, MostUsers).TakeWhile(user => grafana.HasUser(user)).Count();

    /// <summary>What is there now came since the last call.</summary>
    public void Note()
    {
        var now = Grants().ToHashSet();
        foreach (var grant in now.Except(_now))
        {
            _begun[grant] = _begun.GetValueOrDefault(grant) + 1;
        }

        _now = now;
    }

    /// <returns>What a connector's inventory has too much or too little; null when it is right.</returns>
    public async Task<string?> ProblemAsync(Database database, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        foreach (var connector in await context.Set<Connector>().Select(one => one.Id).ToListAsync(cancellationToken))
        {
            var accounts = await context.Set<AppAccount>().CountAsync(account => account.ConnectorId == connector && account.DeletedAt == null && !account.IsPlaceholder, cancellationToken);
            var stored = (await GrantsAsync(context, connector, cancellationToken)).ToHashSet();
            if (accounts != Accounts || !stored.SetEquals(_now))
            {
                return $"connector {connector} has {accounts} of {Accounts} accounts and {stored.Count} of {_now.Count} grants, "
                    + $"without {string.Join(", ", _now.Except(stored).Take(3))} and with {string.Join(", ", stored.Except(_now).Take(3))}";
            }
        }

        return null;
    }

    /// <summary>Each grant began as often as it was given, and each account once.</summary>
    public async Task CheckAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        foreach (var connector in await context.Set<Connector>().Select(one => one.Id).ToListAsync(cancellationToken))
        {
            Assert.Equal(0, await context.Set<AppAccount>().CountAsync(account => account.ConnectorId == connector && (account.Incarnation > 1 || account.DeletedAt != null), cancellationToken));
            var past = await (
                from period in context.Set<GrantPast>()
                join entitlement in context.Set<AppEntitlement>() on period.EntitlementId equals entitlement.Id
                join account in context.Set<AppAccount>() on period.AccountId equals account.Id
                where entitlement.ConnectorId == connector && !period.IsContinued && entitlement.ExternalId.StartsWith("org:")
                select entitlement.ExternalId + " " + account.ExternalId).ToListAsync(cancellationToken);
            var begun = past.Concat(await GrantsAsync(context, connector, cancellationToken)).CountBy(grant => grant).ToDictionary();
            Assert.Equal(_begun.OrderBy(pair => pair.Key, StringComparer.Ordinal), begun.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
    }

    private static Task<List<string>> GrantsAsync(PodiumContext context, long connector, CancellationToken cancellationToken) => (
        from grant in context.Set<GrantNow>()
        join entitlement in context.Set<AppEntitlement>() on grant.EntitlementId equals entitlement.Id
        join account in context.Set<AppAccount>() on grant.AccountId equals account.Id
        where entitlement.ConnectorId == connector && entitlement.ExternalId.StartsWith("org:")
        select entitlement.ExternalId + " " + account.ExternalId).ToListAsync(cancellationToken);

    private IEnumerable<string> Grants() =>
        from organization in Enumerable.Range(1, organizations)
        from user in Enumerable.Range(1, Accounts)
        let role = grafana.RoleOf(organization, user)
        where role is not null
        select $"org:{organization}:{role} {user}";
}
