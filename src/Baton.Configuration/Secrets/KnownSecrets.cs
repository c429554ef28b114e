using System.Collections;

namespace Baton.Configuration.Secrets;

/// <summary>
/// The texts that must not be shown. It only ever grows, since what a secret was yesterday is still worth hiding; so its count tells
/// whether it did. Thread-safe.
/// </summary>
/// <param name="keepsNone">Whether a text is no secret after all.</param>
internal sealed class KnownSecrets(Func<string, bool> keepsNone) : IReadOnlyList<string>
{
    private readonly Lock _gate = new();
    private volatile string[] _all = [];

    public int Count => _all.Length;

    public string this[int index] => _all[index];

    public void Add(string secret)
    {
        lock (_gate)
        {
            if (secret.Length > 0 && !keepsNone(secret) && !_all.Contains(secret, StringComparer.Ordinal))
            {
                _all = [.. _all, secret];
            }
        }
    }

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
