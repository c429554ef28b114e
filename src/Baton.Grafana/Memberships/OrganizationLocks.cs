using System.Collections.Concurrent;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Lets one change at a time into an organization. That the last Admin stays, say, is looked at before it is changed, and two changes at
/// once would each find the other's Admin. It holds within this process; against others, every change is read back.
/// </summary>
internal sealed class OrganizationLocks
{
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _gates = new();

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
