using System.Reflection;
using System.Text.Json.Nodes;
using Baton.C1z.Container;
using Baton.Credentials;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.Hosting;
using Podium.Hosting.Authority;
using Podium.Hosting.Keys;

namespace Podium.Backups;

/// <summary>
/// Writes all that a restore needs into one file, while the server works: the database, the wrapping key, the server's own authority, the settings'
/// file and the uploads that are kept. The file has its name when it is whole.
/// </summary>
internal sealed class MakeBackup(Database database, ServerOptions options, TimeProvider clock)
{
    private static readonly string[] Files = [CertificateAuthority.CertificateName, "ca-key.pem", "podium.yaml", "podium.yml"];

    /// <param name="path">Where it goes.</param>
    /// <param name="recipients">Whom it opens for; empty for a file that everybody can read who has it.</param>
    /// <param name="actor">Who wants it; null for the server itself, whose own backups stay on the machine and are not told in the audit log.</param>
    /// <param name="cancellationToken">Ends it; nothing stays then.</param>
    /// <exception cref="Refusal">It cannot be written there.</exception>
    public async Task<BackupManifest> RunAsync(string path, IReadOnlyList<AgeProviderRecipient> recipients, Actor? actor, CancellationToken cancellationToken)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new Refusal($"{path} is there already: a backup overwrites nothing. Give another name, or remove it.");
        }

        if (actor is not null)
        {
            // Before the copy: it carries everything away, and what is copied should know of it.
            await database.WriteAsync(
                context =>
                {
                    context.Audit(clock.Now(), "backup.exported", actor, details: new() { ["recipients"] = new JsonArray([.. recipients.Select(recipient => (JsonNode)recipient.Text)]) });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        try
        {
            await using var file = PrivateFile.Claim(path);
            try
            {
                var manifest = await WriteAsync(file, recipients, cancellationToken);
                file.Flush(flushToDisk: true);
                File.Move(PrivateFile.PathFor(path), path, overwrite: false);
                return manifest;
            }
            catch
            {
                File.Delete(PrivateFile.PathFor(path));
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(failure is IOException locked && PrivateFile.IsLocked(locked)
                ? $"Another process writes {path}. Wait for it, or give another name."
                : $"The backup cannot be written to {path}: {failure.Message}");
        }
    }

    private async Task<BackupManifest> WriteAsync(Stream file, IReadOnlyList<AgeProviderRecipient> recipients, CancellationToken cancellationToken)
    {
        // Not disposed of, which would close the file.
        var buffered = new BufferedStream(file, 1024 * 1024);
        BackupManifest manifest;
        if (recipients.Count == 0)
        {
            manifest = await WriteArchiveAsync(buffered, cancellationToken);
        }
        else
        {
            await using var sealing = AgeStreams.Encrypt(buffered, recipients, SystemEntropy.Instance);
            manifest = await WriteArchiveAsync(sealing, cancellationToken);
        }

        await buffered.FlushAsync(cancellationToken);
        return manifest;
    }

    private async Task<BackupManifest> WriteArchiveAsync(Stream destination, CancellationToken cancellationToken)
    {
        await using var archive = new BackupWriter(destination);
        var now = clock.Now();
        IBackupSource source = database.Kind == DatabaseKind.Sqlite ? new SqliteBackupSource(database, options.DataDirectory) : new PostgreSqlBackupSource(database);
        var tables = await source.WriteAsync(archive, cancellationToken);
        await archive.AddFileAsync($"files/{WrappingKey.FileName}", options.KeyFile ?? Path.Combine(options.DataDirectory, WrappingKey.FileName), cancellationToken);
        foreach (var name in Files.Where(name => File.Exists(Path.Combine(options.DataDirectory, name))))
        {
            await archive.AddFileAsync($"files/{name}", Path.Combine(options.DataDirectory, name), cancellationToken);
        }

        await AddUploadsAsync(archive, cancellationToken);
        await using var context = database.Open();
        BackupManifest manifest = new()
        {
            Format = BackupManifest.ThisFormat,
            MadeAt = now,
            MadeBy = typeof(MakeBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            Database = database.Kind,
            Schema = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)],
            PublicUrl = options.PublicUrl.GetLeftPart(UriPartial.Authority),
            Tables = tables,
        };
        await archive.EndAsync(manifest, cancellationToken);
        return manifest;
    }

    // On PostgreSQL they are rows. Those that have a row are complete; one may be swept away meanwhile, which a restore notes.
    private async Task AddUploadsAsync(BackupWriter archive, CancellationToken cancellationToken)
    {
        if (database.Kind != DatabaseKind.Sqlite)
        {
            return;
        }

        // By hand: the schema may be older than the model.
        var names = await database.ReadAsync(context => context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM upload WHERE erased_at IS NULL ORDER BY name").ToListAsync(cancellationToken));
        foreach (var name in names)
        {
            try
            {
                await archive.AddFileAsync($"uploads/{name}", Path.Combine(options.DataDirectory, "uploads", name), cancellationToken);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
            }
        }
    }
}
