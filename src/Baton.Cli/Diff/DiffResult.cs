using Baton.C1z.Syncs;

namespace Baton.Cli.Diff;

/// <summary>The changes, and between what they are.</summary>
internal sealed class DiffResult(DiffSource from, DiffSource to, IReadOnlyList<Change> changes)
{
    private readonly Dictionary<ChangeKind, int> _counts = changes.CountBy(change => change.Kind).ToDictionary();

    public DiffSource From => from;

    public DiffSource To => to;

    public IReadOnlyList<Change> Changes => changes;

    public int Count(ChangeKind kind) => _counts.GetValueOrDefault(kind);
}

/// <summary>One side of a comparison.</summary>
internal sealed record DiffSource(string Path, SyncRun Run);
