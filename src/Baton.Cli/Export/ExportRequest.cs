using Baton.CommandLine;

namespace Baton.Cli.Export;

/// <summary>What to export, and how.</summary>
internal sealed record ExportRequest(FileSession Session, FlagValues Flags, CancellationToken CancellationToken);
