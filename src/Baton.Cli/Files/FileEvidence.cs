using Baton.Evidence;
using Baton.Evidence.Review;

namespace Baton.Cli.Files;

/// <summary>The evidence of the file and sync that the command line names.</summary>
internal static class FileEvidence
{
    public static EvidenceFile Read(FileRequest from, ProgramHost host, EvidenceOptions options, CancellationToken cancellationToken)
    {
        FileSession? session = null;
        try
        {
            return EvidenceFile.Read(from.File, () => (session = FileSession.Open(from, host)).Reader, options, cancellationToken);
        }
        finally
        {
            session?.Dispose();
        }
    }
}
