namespace Baton.C1z.Merging;

/// <summary>One finished sync of a file, to be merged with others.</summary>
public sealed record SyncSource(string Path, string SyncId);
