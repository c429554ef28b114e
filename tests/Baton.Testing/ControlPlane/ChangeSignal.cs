namespace Baton.Testing.ControlPlane;

/// <summary>The lock around everything that changes, and the bell that rings after each change: who waits looks again.</summary>
internal sealed class ChangeSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    /// <summary>Changes may nest; those who wait look again after each.</summary>
    public T Make<T>(Func<T> change)
    {
        lock (_gate)
        {
            var result = change();
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
            return result;
        }
    }

    public void Make(Action change) => Make(() =>
    {
        change();
        return true;
    });

    /// <summary>Returns as soon as the condition holds. It is evaluated under the lock, so it sees no change half made.</summary>
    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
