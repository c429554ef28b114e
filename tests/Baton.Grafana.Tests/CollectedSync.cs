using System.Collections.Concurrent;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Tests;

/// <summary>A sync that is nothing but its warnings.</summary>
internal sealed class CollectedSync(int parallelism = 8) : ISyncContext
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public string SyncId => "sync";

    public int Parallelism => parallelism;

    public bool IsSelected(string resourceTypeId) => true;

    public void Warn(string text) => _warnings.Enqueue(text);

    public Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
        => make(cancellationToken);
}
