namespace Baton.Sdk.Connectors;

/// <summary>What a connector may know about the sync it is listing for.</summary>
public interface ISyncContext
{
    /// <summary>The sync's id; the scope of anything a connector remembers between calls.</summary>
    string SyncId { get; }

    /// <summary>How many requests should be under way at once.</summary>
    int Parallelism { get; }

    /// <summary>
    /// Whether a type takes part in this sync. Without a selection every type does, those included that are synced only on request.
    /// </summary>
    bool IsSelected(string resourceTypeId);

    /// <summary>Whether the sync asks for a type by its name, and not just for all there are.</summary>
    bool IsRequested(string resourceTypeId);

    /// <summary>
    /// Whether an earlier sync may have had resources of a type, which would look deleted if this one left the type out. True unless it is
    /// known that none had.
    /// </summary>
    bool MayHaveBeenSynced(string resourceTypeId) => true;

    /// <summary>The places in which the sync before had resources of a type (<see cref="IPlacedSyncer"/>); null when none is known.</summary>
    IReadOnlySet<string>? EarlierPlaces(string resourceTypeId) => null;

    /// <summary>Something a reviewer of the result should know. Shown, logged and counted once a text.</summary>
    void Warn(string text);

    /// <summary>A value that is made once a sync, on first use, and shared by everyone who asks for it with the same key.</summary>
    Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class;
}
