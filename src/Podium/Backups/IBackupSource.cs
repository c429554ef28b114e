namespace Podium.Backups;

/// <summary>What of a backup differs between the databases.</summary>
internal interface IBackupSource
{
    /// <summary>Writes the database as of one moment, while it is worked with.</summary>
    /// <returns>The tables, for the manifest.</returns>
    Task<IReadOnlyList<BackupTable>> WriteAsync(BackupWriter archive, CancellationToken cancellationToken);
}
