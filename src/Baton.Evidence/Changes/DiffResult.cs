using Baton.C1z.Syncs;

namespace Baton.Evidence.Changes;

/// <summary>The changes, and between what they are.</summary>
public sealed record DiffResult(DiffSource From, DiffSource To, SortedChanges Changes)
{
    public int Count(ChangeKind kind) => Changes.Count(kind);
}

/// <summary>One side of a comparison.</summary>
public sealed record DiffSource(string Path, SyncRun Run);
