using System.Collections.Concurrent;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Tests.Roles;

/// <summary>A sync that shares what is made once, as the engine's does.</summary>
internal sealed class RememberingSync(IReadOnlyList<string> requested) : ISyncContext
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _once = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public string SyncId => "sync";

    public int Parallelism => 8;

    public bool IsSelected(string resourceTypeId) => requested.Count == 0 || IsRequested(resourceTypeId);

    public bool IsRequested(string resourceTypeId) => requested.Contains(resourceTypeId, StringComparer.Ordinal);

    public bool MayHaveBeenSynced(string resourceTypeId) => false;

    public void Warn(string text) => _warnings.Enqueue(text);

    public Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
        => (Task<T>)_once.GetOrAdd(key, _ => new Lazy<Task>(() => make(cancellationToken))).Value;
}
