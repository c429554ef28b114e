namespace Baton.C1z;

/// <summary>What was saved: where, how large the database is, and how large the file. Sizes in bytes.</summary>
public readonly record struct SavedFile(string Path, long DecodedBytes, long EncodedBytes);
