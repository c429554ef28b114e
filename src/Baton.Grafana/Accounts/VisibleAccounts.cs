using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>The accounts that a token sees, and its sync lists: a grant to any other would refer to nobody. Read once a sync.</summary>
internal sealed class VisibleAccounts(OrganizationDirectory directory)
{
    public Task<HashSet<long>> ReadAsync(ISyncContext sync, CancellationToken cancellationToken)
        => sync.OnceAsync("grafana.visible-accounts", token => ReadAllAsync(sync, token), cancellationToken);

    /// <summary>Whether nobody is hidden from the token.</summary>
    public async Task<bool> AreAllAsync(ISyncContext sync, CancellationToken cancellationToken)
        => await directory.CountMembersAsync(cancellationToken) is { } counted && counted == (await ReadAsync(sync, cancellationToken)).Count;

    private async Task<HashSet<long>> ReadAllAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        await foreach (var slice in directory.ListAccountsAsync(sync, cancellationToken))
        {
            ids.UnionWith(slice.Select(account => account.Id));
        }

        return ids;
    }
}
