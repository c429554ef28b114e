namespace Podium.Connectors.Syncs;

/// <summary>
/// Brings a received sync into the inventory and writes what became of it into its row: Applied, Held or Rejected. Called again after a crash,
/// for a sync that is Received or Applying.
/// </summary>
/// <param name="syncId">The sync.</param>
/// <param name="path">A file with what was uploaded.</param>
/// <param name="cancellationToken">The server stops.</param>
internal delegate Task ApplySync(long syncId, string path, CancellationToken cancellationToken);
