using Baton.C1z.Syncs;

namespace Baton.Cli.Diff;

/// <summary>The changes, and between what they are.</summary>
internal sealed record DiffResult(DiffSource From, DiffSource To, ChangeList Changes)
{
    public int Count(ChangeKind kind) => Changes.Count(kind);
}

/// <summary>One side of a comparison.</summary>
internal sealed record DiffSource(string Path, SyncRun Run);
