using System.Collections.Concurrent;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Lets one change at a time into an organization, and none at all while an account comes or goes, which can concern any organization.
/// That the last Admin stays, say, is looked at before it is changed, and two changes at once would each find the other's Admin. It holds
/// within this process; against others, every change is read back.
/// </summary>
internal sealed class ChangeLocks
{
    // No organization has this id. Its gate is passed through by everybody and kept by a change of accounts: nobody gets in behind it.
    private const long Entrance = 0;

    private readonly ConcurrentDictionary<long, SemaphoreSlim> _gates = new();
    private readonly Lock _count = new();
    private int _inside;
    private TaskCompletionSource? _emptied;

    /// <summary>A change of an account: alone.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await Gate(Entrance).WaitAsync(cancellationToken);
        try
        {
            await EmptyAsync().WaitAsync(cancellationToken);
            return await change();
        }
        finally
        {
            Gate(Entrance).Release();
        }
    }

    /// <summary>A change of an organization: alone in it.</summary>
    public async Task<T> RunAsync<T>(long organizationId, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            var organization = Gate(organizationId);
            await organization.WaitAsync(cancellationToken);
            try
            {
                return await change();
            }
            finally
            {
                organization.Release();
            }
        }
        finally
        {
            Leave();
        }
    }

    private SemaphoreSlim Gate(long id) => _gates.GetOrAdd(id, static _ => new SemaphoreSlim(1, 1));

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        await Gate(Entrance).WaitAsync(cancellationToken);
        lock (_count)
        {
            _inside++;
        }

        Gate(Entrance).Release();
    }

    private void Leave()
    {
        lock (_count)
        {
            if (--_inside == 0)
            {
                _emptied?.TrySetResult();
            }
        }
    }

    private Task EmptyAsync()
    {
        lock (_count)
        {
            if (_inside == 0)
            {
                return Task.CompletedTask;
            }

            _emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }
}
