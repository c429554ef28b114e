using Baton.C1z.Reading;
using Baton.Evidence.Access;
using Baton.Evidence.Reading;

namespace Baton.Evidence.Review;

/// <summary>A file as evidence: what it says, and which file it was.</summary>
/// <param name="GrantsInFile">By a count of its own.</param>
public sealed record EvidenceFile(AccessBook Book, FileProvenance Provenance, long GrantsInFile)
{
    /// <param name="path">The file.</param>
    /// <param name="open">Opens it, and chooses a sync of it.</param>
    /// <exception cref="EvidenceException">The file was changed meanwhile.</exception>
    public static EvidenceFile Read(string path, Func<SyncReader> open, EvidenceOptions options, CancellationToken cancellationToken)
    {
        var before = Stamp(path);
        var reader = open();
        var provenance = FileProvenance.Of(path, reader.Run);

        // It was unpacked before it was hashed. A connector that saved in between would make the hash another file's.
        return Stamp(path) == before
            ? new(AccessBook.Read(reader, options, cancellationToken), provenance, reader.Stats().Grants)
            : throw new EvidenceException($"{path} was written while it was read; try again", EvidenceError.BadInput);
    }

    private static (DateTime, long) Stamp(string path) => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;
}
