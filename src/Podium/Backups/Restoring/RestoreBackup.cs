using System.Security.Cryptography;
using Baton.Credentials;
using Podium.Data;
using Podium.Freezing;
using Podium.Hosting;
using Podium.Hosting.Keys;

namespace Podium.Backups.Restoring;

/// <summary>
/// Puts a backup where there is nothing yet. All of it is read and compared with its manifest in a private folder first; the database gets its place
/// last, already frozen.
/// </summary>
internal static class RestoreBackup
{
    private const string Staging = "restore.tmp";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="StartupException">There is something already, or the backup cannot be used.</exception>
    public static async Task<BackupManifest> RunAsync(string path, IReadOnlyList<AgeIdentity> identities, ServerOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var full = DataFolder.Make(options.DataDirectory);
        using var folder = DataFolder.Open(full);
        CheckEmpty(folder);
        var staging = folder.FilePath(Staging);
        try
        {
            Clear(staging);
            Directory.CreateDirectory(staging, OwnerOnly);
            var manifest = await BackupReader.ExtractAsync(path, identities, staging, cancellationToken);
            if (manifest.Database != options.DatabaseOptions.Kind)
            {
                throw new BackupException(manifest.Database == DatabaseKind.PostgreSql
                    ? "it is of PostgreSQL: give an empty database with --database, and --key-file"
                    : "it is of SQLite: leave --database out");
            }

            Restoration restoration = new() { BackupMadeAt = manifest.MadeAt, RestoredAt = clock.Now() };
            CheckKey(staging, options.KeyFile);
            await PlaceAsync(staging, folder, options, manifest, restoration, cancellationToken);
            return manifest;
        }
        catch (BackupException refusal)
        {
            throw new StartupException($"The backup {path} cannot be restored: {refusal.Message}.", refusal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The backup {path} cannot be restored: {failure.Message}", failure);
        }
        finally
        {
            Clear(staging);
        }
    }

    private static async Task PlaceAsync(string staging, DataFolder folder, ServerOptions options, BackupManifest manifest, Restoration restoration, CancellationToken cancellationToken)
    {
        if (manifest.Database == DatabaseKind.Sqlite)
        {
            await SqliteRestore.PrepareAsync(Path.Combine(staging, SqliteBackupSource.PartName), manifest, restoration, cancellationToken);
        }

        foreach (var file in Directory.Exists(Path.Combine(staging, "files")) ? Directory.GetFiles(Path.Combine(staging, "files")) : [])
        {
            var isKey = Path.GetFileName(file) == WrappingKey.FileName;
            var place = isKey && options.KeyFile is { } keyFile ? keyFile : folder.FilePath(Path.GetFileName(file));
            if (!isKey || !File.Exists(place))
            {
                // Not a rename: the key file may be on another disk.
                File.Copy(file, place, overwrite: false);
                File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        var uploads = Path.Combine(staging, "uploads");
        if (Directory.Exists(uploads))
        {
            Directory.Move(uploads, folder.FilePath("uploads"));
        }

        if (manifest.Database == DatabaseKind.Sqlite)
        {
            File.Move(Path.Combine(staging, SqliteBackupSource.PartName), folder.FilePath("podium.db"), overwrite: false);
        }
        else
        {
            await PostgreSqlRestore.RunAsync(options.DatabaseOptions, staging, manifest, restoration, cancellationToken);
        }
    }

    private static void CheckEmpty(DataFolder folder)
    {
        if (Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).FirstOrDefault(name => name is not (Staging or DataFolder.LockName)) is { } found)
        {
            throw new StartupException($"The data folder {folder.Path} is not empty ({found} is in it): a backup is restored into an empty one. Choose another with --data.");
        }
    }

    // Before anything is written: with another key nothing secret in the database could be read.
    private static void CheckKey(string staging, string? keyFile)
    {
        var kept = Path.Combine(staging, "files", WrappingKey.FileName);
        if (!File.Exists(kept))
        {
            throw new BackupException("it has no wrapping key");
        }

        if (keyFile is not null && File.Exists(keyFile) && !CryptographicOperations.FixedTimeEquals(File.ReadAllBytes(keyFile), File.ReadAllBytes(kept)))
        {
            throw new BackupException($"the key file {keyFile} is another one than that of the backup: name a file with --key-file that is not there yet");
        }
    }

    private static void Clear(string staging)
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
