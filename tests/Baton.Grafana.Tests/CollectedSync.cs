using System.Collections.Concurrent;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Tests;

/// <summary>A sync that is nothing but its warnings.</summary>
internal sealed class CollectedSync(int parallelism = 8) : ISyncContext
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>The types asked for by name; without any, all take part.</summary>
    public IReadOnlyList<string> Requested { get; init; } = [];

    public string SyncId => "sync";

    public int Parallelism => parallelism;

    public bool IsSelected(string resourceTypeId) => Requested.Count == 0 || IsRequested(resourceTypeId);

    public bool IsRequested(string resourceTypeId) => Requested.Contains(resourceTypeId, StringComparer.Ordinal);

    public void Warn(string text) => _warnings.Enqueue(text);

    public Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
        => make(cancellationToken);
}
