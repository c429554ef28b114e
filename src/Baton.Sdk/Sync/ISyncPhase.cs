namespace Baton.Sdk.Sync;

/// <summary>One kind of work in a sync.</summary>
internal interface ISyncPhase
{
    SyncOperation Operation { get; }

    /// <summary>
    /// The root of the phase: does the whole of it, or pushes one action a subject. Must leave the plan changed, at the latest by
    /// finishing <paramref name="root"/>.
    /// </summary>
    Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken);

    /// <summary>One subject, from its page token to its end. Several run side by side.</summary>
    Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken);
}
