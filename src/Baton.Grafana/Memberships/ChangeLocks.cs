using System.Collections.Concurrent;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Lets one change at a time into an organization, and one at a time at the accounts of a server. That the last Admin stays, say, is
/// looked at before it is changed, and two changes at once would each find the other's Admin. It holds within this process; against
/// others, every change is read back.
/// </summary>
internal sealed class ChangeLocks
{
    // No organization has this id.
    private const long Accounts = 0;

    private readonly ConcurrentDictionary<long, SemaphoreSlim> _gates = new();

    public Task<T> RunAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken) => RunAsync(Accounts, change, cancellationToken);

    public async Task<T> RunAsync<T>(long organizationId, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(organizationId, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            gate.Release();
        }
    }
}
