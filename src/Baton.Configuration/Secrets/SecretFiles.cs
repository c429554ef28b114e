namespace Baton.Configuration.Secrets;

/// <summary>What happens to the files with secrets of one configuration. Thread-safe.</summary>
internal sealed class SecretFiles
{
    private readonly Lock _gate = new();
    private Action<SecretNotice>? _observers;
    private int _replacements;

    /// <summary>How often one was replaced.</summary>
    public int Replacements => Volatile.Read(ref _replacements);

    /// <param name="observer">Called by the thread that noticed it, before the new secret is handed out.</param>
    public void Observe(Action<SecretNotice> observer)
    {
        lock (_gate)
        {
            _observers += observer;
        }
    }

    public void Notify(SecretNotice notice)
    {
        Volatile.Read(ref _observers)?.Invoke(notice);
        if (notice.Replacement is not null)
        {
            Interlocked.Increment(ref _replacements);
        }
    }
}
