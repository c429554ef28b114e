namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>A table as the manifest knows it.</summary>
/// <param name="Number">Of the table; another one than that of its file if it is a part of that.</param>
/// <param name="File">The number of the file that holds it.</param>
/// <param name="Size">Of the file in bytes, if the table is all of it.</param>
/// <param name="Keys">Which keys it has; of a part of a file, what else the file has is not the table's.</param>
/// <param name="Sequence">That of all its records, whatever the file says; null if the file says it.</param>
internal sealed record ManifestTable(ulong Number, ulong File, ulong? Size, KeyRange Keys, ulong? Sequence)
{
    public bool IsPart => Number != File;

    public string FileName => $"{File:D6}.sst";
}
