using Baton.Credentials;
using Podium.Data;
using Podium.Hosting;
using Podium.Hosting.Keys;

namespace Podium.Backups;

/// <summary>
/// The backups that a server on SQLite makes for itself, in <c>DIR/backups</c>: one a night and one before each change of the schema. They open with
/// the wrapping key, and with the identity of whoever keeps one: a file that leaves the machine says nothing.
/// </summary>
internal sealed class OwnBackups(MakeBackup backups, BackupRecipients recipients, Func<WrappingKey> key, Database database, ServerOptions options, TimeProvider clock) : IMigrationGuard
{
    public const string Ending = ".podium-backup";
    private const int Kept = 7;
    private const string Nightly = "nightly-";
    private const string BeforeMigration = "before-migration-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Of UTC: when most people sleep in the one half of the world, and few work in the other.
    private static readonly TimeSpan Hour = TimeSpan.FromHours(2);

    private string Folder => Path.Combine(options.DataDirectory, "backups");

    /// <summary>Makes the one of this night, unless it is there.</summary>
    /// <returns>Where it is; null when there was nothing to do.</returns>
    public async Task<string?> RunNightlyAsync(CancellationToken cancellationToken)
    {
        var path = PathOf($"{Nightly}{(clock.GetUtcNow().UtcDateTime - Hour).ToString("yyyy-MM-dd")}");
        if (database.Kind != DatabaseKind.Sqlite || File.Exists(path))
        {
            return null;
        }

        await MakeAsync(path, cancellationToken);
        Sweep(Nightly);
        return path;
    }

    /// <summary>When the youngest of them was made; null where there is none.</summary>
    public Moment? LastNightly() => Directory.Exists(Folder) && Directory.EnumerateFiles(Folder, $"{Nightly}*{Ending}").Max(StringComparer.Ordinal) is { } path
        ? Moment.From(File.GetLastWriteTimeUtc(path))
        : null;

    // On PostgreSQL the database is not ours alone, and has its own ways.
    public async Task BeforeAsync(string last, CancellationToken cancellationToken)
    {
        if (database.Kind == DatabaseKind.Sqlite && options.Database is null)
        {
            await MakeAsync(PathOf($"{BeforeMigration}{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'")}-{last}"), cancellationToken);
            Sweep(BeforeMigration);
        }
    }

    private string PathOf(string name) => Path.Combine(Folder, name + Ending);

    private async Task MakeAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder, OwnerOnly);
        using var own = key().BackupIdentity();
        IReadOnlyList<AgeProviderRecipient> all = await recipients.FindAsync(cancellationToken) is { } recipient ? [own.Recipient, recipient] : [own.Recipient];
        await backups.RunAsync(path, all, actor: null, cancellationToken);
    }

    private void Sweep(string beginning)
    {
        // Their names sort by age.
        foreach (var path in Directory.GetFiles(Folder, $"{beginning}*{Ending}").OrderDescending(StringComparer.Ordinal).Skip(Kept))
        {
            File.Delete(path);
        }
    }
}
