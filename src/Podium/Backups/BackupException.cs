namespace Podium.Backups;

/// <summary>A backup cannot be used. The message ends the sentence "The backup … cannot be restored: …".</summary>
internal sealed class BackupException(string message) : Exception(message);
