using System.Collections.Concurrent;
using Baton.C1z.Reading;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Sync;

/// <summary>One running sync: what its phases share.</summary>
internal sealed class SyncSession(IConnector connector, SyncOptions options, SyncWriter writer, SyncPlan plan, SyncProgress progress, SyncWarnings warnings, RetryPolicy retries)
    : ISyncContext
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _once = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResourceType> _storedTypes = new(StringComparer.Ordinal);

    public IConnector Connector { get; } = connector;

    public SyncOptions Options { get; } = options;

    public SyncWriter Writer { get; } = writer;

    public SyncReader Reader => Writer.Reader;

    public SyncPlan Plan { get; } = plan;

    public SyncProgress Progress { get; } = progress;

    public SyncWarnings Warnings { get; } = warnings;

    public RetryPolicy Retries { get; } = retries;

    public IngestQuality Quality { get; } = new();

    /// <summary>Ends with the sync, not with one of its listings.</summary>
    public CancellationToken Stopping { get; init; }

    public string SyncId => Writer.Run.Id;

    public int Parallelism => Options.Workers;

    /// <summary>The resource types stored in this sync, in their order.</summary>
    public IReadOnlyList<ResourceType> StoredTypes { get; private set; } = [];

    /// <summary>Types that will be there although the connector does not list them: those of the external resources.</summary>
    public HashSet<string> ExternalTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>A full sync promises that what its rows point to is there.</summary>
    public bool ChecksReferences => Writer.Run.Type == C1z.Syncs.SyncType.Full;

    public bool IsSelected(string resourceTypeId)
        => Options.ResourceTypes.Count == 0 || IsRequested(resourceTypeId);

    public bool IsRequested(string resourceTypeId) => Options.ResourceTypes.Contains(resourceTypeId, StringComparer.Ordinal);

    /// <summary>What a sync before had; null when that is not known.</summary>
    public EarlierSync? Earlier { get; init; }

    public bool MayHaveBeenSynced(string resourceTypeId) => Earlier?.Types.Contains(resourceTypeId) != false;

    public IReadOnlySet<string>? EarlierPlaces(string resourceTypeId) => Earlier?.Places.GetValueOrDefault(resourceTypeId);

    public void Warn(string text) => Warnings.Remark(text);

    public Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
    {
        // What failed is tried again by whoever asks next, after the wait that the failure called for.
        if (_once.TryGetValue(key, out var earlier) && earlier is { IsValueCreated: true, Value: { IsFaulted: true } or { IsCanceled: true } })
        {
            _once.TryRemove(new(key, earlier));
        }

        var shared = (Task<T>)_once.GetOrAdd(key, _ => new Lazy<Task>(() => MakeAsync(make))).Value;
        return shared.WaitAsync(cancellationToken);
    }

    public void ReloadTypes()
    {
        StoredTypes = [.. Reader.ResourceTypes()];
        foreach (var type in StoredTypes)
        {
            _storedTypes[type.Id] = type;
        }
    }

    public ResourceType? StoredType(string id) => _storedTypes.GetValueOrDefault(id);

    public bool IsPresent(string resourceTypeId) => _storedTypes.ContainsKey(resourceTypeId) || ExternalTypes.Contains(resourceTypeId);

    public IResourceSyncer? Syncer(string resourceTypeId)
        => Connector.Syncers.FirstOrDefault(syncer => string.Equals(syncer.Type.Id, resourceTypeId, StringComparison.Ordinal));

    /// <summary>
    /// Reads a listing to its end. Each page is stored before the plan moves past it; a crash in between repeats the page, which is
    /// harmless.
    /// </summary>
    public async Task ConsumeAsync<T>(
        SyncAction action, Listing listing, Func<PageRequest, IAsyncEnumerable<Page<T>>> list, Func<Page<T>, Task> store, CancellationToken cancellationToken)
    {
        var request = new PageRequest(this) { Token = action.PageToken };
        await foreach (var page in list(request).ReadAheadAsync(action.PageToken, listing, cancellationToken))
        {
            await store(page);

            // A page without a token is asked for again after a failure, so it alone is no progress.
            if (page.NextToken.Length > 0)
            {
                action = Plan.Advance(action, page.NextToken);
                Retries.Succeeded();
            }
        }

        Plan.Finish(action);
        Retries.Succeeded();
    }

    // What is shared must not end with the listing that asked first. And it never throws outside its task, which the lazy value would
    // keep for ever.
    private async Task<T> MakeAsync<T>(Func<CancellationToken, Task<T>> make)
        where T : class
        => await make(Stopping);
}
