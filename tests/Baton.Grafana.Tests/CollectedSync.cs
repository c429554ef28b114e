using System.Collections.Concurrent;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Tests;

/// <summary>A sync that is nothing but its warnings.</summary>
internal sealed class CollectedSync(int parallelism = 8) : ISyncContext
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>The types of the sync; null for all.</summary>
    public IReadOnlyList<string>? Selected { get; init; }

    /// <summary>The types that an earlier sync had; null when that is not known.</summary>
    public IReadOnlyList<string>? Earlier { get; init; }

    public string SyncId => "sync";

    public int Parallelism => parallelism;

    public bool IsSelected(string resourceTypeId) => Selected is null || IsRequested(resourceTypeId);

    public bool IsRequested(string resourceTypeId) => Selected?.Contains(resourceTypeId, StringComparer.Ordinal) == true;

    public bool MayHaveBeenSynced(string resourceTypeId) => Earlier?.Contains(resourceTypeId, StringComparer.Ordinal) != false;

    public void Warn(string text) => _warnings.Enqueue(text);

    public Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
        => make(cancellationToken);
}
