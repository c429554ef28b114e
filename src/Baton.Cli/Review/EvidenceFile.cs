using Baton.Cli.Commands;
using Baton.Cli.Evidence;

namespace Baton.Cli.Review;

/// <summary>A file as evidence: what it says, and which file it was.</summary>
/// <param name="GrantsInFile">By a count of its own.</param>
internal sealed record EvidenceFile(AccessBook Book, FileProvenance Provenance, long GrantsInFile)
{
    /// <exception cref="CliException">The file was changed meanwhile, or holds no sync to read.</exception>
    public static EvidenceFile Read(GlobalOptions from, ProgramHost host, EvidenceOptions evidence, CancellationToken cancellationToken)
    {
        var before = Stamp(from.File);
        using var session = FileSession.Open(from, host);
        var provenance = FileProvenance.Of(from.File, session.Reader.Run);

        // It was unpacked before it was hashed. A connector that saved in between would make the hash another file's.
        return Stamp(from.File) == before
            ? new(AccessBook.Read(session.Reader, evidence, cancellationToken), provenance, session.Reader.Stats().Grants)
            : throw new CliException($"{from.File} was written while it was read; try again", ExitCode.BadFile);
    }

    private static (DateTime, long) Stamp(string path) => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;
}
