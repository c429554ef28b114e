using System.Data.Common;
using Baton.Credentials;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Podium.Backups;
using Podium.Data;
using Podium.Freezing;
using Podium.Hosting.Commands;
using Podium.Hosting.Keys;
using Podium.Tokens;

namespace Podium.Hosting.Doctor;

/// <summary>The database and what stands in it. Only read; what is tried is rolled back.</summary>
internal sealed class DatabaseFindings(ServerOptions options, TimeProvider clock)
{
    private const string Area = "database";
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LateBackup = TimeSpan.FromHours(50);

    public async Task<IReadOnlyList<DoctorFinding>> AllAsync(CancellationToken cancellationToken)
    {
        if (options.Database is null && !File.Exists(Path.Combine(options.DataDirectory, "podium.db")))
        {
            return [DoctorFinding.Failed(Area, "reachable", $"There is no database in {options.DataDirectory}.", "Name the right folder with --data, or start podium serve, which makes it.")];
        }

        List<DoctorFinding> found = [];
        try
        {
            await using var command = await DatabaseCommand.OpenAsync(options, migrates: false, cancellationToken);
            await using var context = command.Get<Database>().Open();
            await context.Database.OpenConnectionAsync(cancellationToken);
            found.Add(DoctorFinding.Ok(Area, "reachable", $"{(options.Database is null ? "SQLite" : "PostgreSQL")} {context.Database.GetDbConnection().ServerVersion} answers."));
            found.Add(await WritableAsync(context, cancellationToken));
            var schema = await SchemaAsync(context, cancellationToken);
            found.Add(schema);
            if (options.Database is not null)
            {
                found.AddRange(await PostgreSqlAsync(command, context, schema.Level == FindingLevel.Ok, cancellationToken));
            }

            // What follows reads tables as this version knows them.
            if (schema.Level == FindingLevel.Ok)
            {
                found.AddRange(await ContentAsync(command, context, cancellationToken));
            }
        }
        catch (Exception failure) when (ProgramFailure.Describe(failure) is { } text)
        {
            found.Add(DoctorFinding.Failed(Area, "reachable", text, options.Database is null ? "Look at --data." : "Look at --database."));
        }

        return found;
    }

    private static async Task<DoctorFinding> WritableAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (context.Database.IsNpgsql())
            {
                await foreach (var row in context.RowsAsync("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'", [], cancellationToken))
                {
                    if (row.GetBoolean(0))
                    {
                        return DoctorFinding.Failed(Area, "writable", "The database takes no changes: it is a standby, or read only.", "Name the primary with --database.");
                    }
                }
            }
            else
            {
                await context.Database.ExecuteSqlRawAsync("BEGIN IMMEDIATE; ROLLBACK", cancellationToken);
            }

            return DoctorFinding.Ok(Area, "writable", "It takes changes.");
        }
        catch (SqliteException failure)
        {
            return DoctorFinding.Failed(Area, "writable", $"The database file takes no changes: {failure.Message}", "Give the file to the account that runs podium.");
        }
    }

    private static async Task<DoctorFinding> SchemaAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToList();
        List<string> applied;
        try
        {
            applied = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        }
        catch (DbException)
        {
            applied = [];
        }

        return applied.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } later
            ? DoctorFinding.Failed(Area, "schema", $"It was written by a newer version of podium ('{later}').", "Run that version, or restore a backup made before.")
            : applied.Count < known.Count
                ? DoctorFinding.Warning(Area, "schema", $"Its schema is {known.Count - applied.Count} changes behind this version.", "Start podium serve, or run podium migrate, which bring it up to date.")
                : DoctorFinding.Ok(Area, "schema", $"Its schema is that of this version ({known[^1]}).");
    }

    private async Task<IReadOnlyList<DoctorFinding>> PostgreSqlAsync(DatabaseCommand command, PodiumContext context, bool hasSchema, CancellationToken cancellationToken)
    {
        List<DoctorFinding> found = [];
        await foreach (var row in context.RowsAsync("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, current_setting('server_encoding')", [], cancellationToken))
        {
            var away = (new Moment(row.GetInt64(0)) - clock.Now()).Duration();
            found.Add(away < TimeSpan.FromSeconds(2)
                ? DoctorFinding.Ok(Area, "clock", "Its clock and that of this machine agree.")
                : new(Area, "clock", away < TimeSpan.FromSeconds(30) ? FindingLevel.Warning : FindingLevel.Failed, $"Its clock is {away.TotalSeconds:0} seconds away from that of this machine.", "Set both by NTP: sign-in and leases live by them."));
            found.Add(row.GetString(1) == "UTF8"
                ? DoctorFinding.Ok(Area, "encoding", "It keeps texts as UTF-8.")
                : DoctorFinding.Failed(Area, "encoding", $"It keeps texts as {row.GetString(1)}, which cannot hold every name.", "Make the database of --database with ENCODING 'UTF8'."));
        }

        found.Add(await NoticesAsync(command.Get<Database>(), cancellationToken));
        if (hasSchema)
        {
            found.Add(await AccountSearchIndex.FindsPartsAsync(context, cancellationToken)
                ? DoctorFinding.Ok(Area, "pg_trgm", "Accounts are found by any part of their names.")
                : DoctorFinding.Warning(Area, "pg_trgm", "The extension pg_trgm is not there: accounts are found by how their names begin.", "CREATE EXTENSION pg_trgm in the database, as its owner, and start podium again."));
        }

        return found;
    }

    /// <summary>Behind a pooler in transaction mode listening succeeds, is confirmed, and nothing arrives: only a notice that came proves it.</summary>
    private static async Task<DoctorFinding> NoticesAsync(Database database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var word = Guid.NewGuid().ToString("N");
        var heard = false;
        connection.Notification += (_, notice) => heard |= notice.Payload == word;
        await using (var listen = new NpgsqlCommand("LISTEN podium_doctor", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var context = database.Open())
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_notify('podium_doctor', {word})", cancellationToken);
        }

        var end = TimeProvider.System.GetTimestamp();
        while (!heard && TimeProvider.System.GetElapsedTime(end) is var elapsed && elapsed < Echo && await connection.WaitAsync(Echo - elapsed, cancellationToken))
        {
        }

        return heard
            ? DoctorFinding.Ok(Area, "notices", "Its notices arrive.")
            : DoctorFinding.Warning(Area, "notices", "Its notices do not arrive, as behind a pooler in transaction mode: work is found within a second instead of at once.", "Name the database itself with --database, or put the pooler into session mode.");
    }

    private async Task<IReadOnlyList<DoctorFinding>> ContentAsync(DatabaseCommand command, PodiumContext context, CancellationToken cancellationToken)
    {
        List<DoctorFinding> found = [];
        if (File.Exists(options.KeyFile ?? Path.Combine(options.DataDirectory, WrappingKey.FileName)))
        {
            found.Add(await KeyAsync(command, context, cancellationToken));
        }

        var host = options.PublicUrl.Host;
        var ids = await context.Set<ClientCredential>().Where(credential => credential.RevokedAt == null).Select(credential => credential.ClientId).ToListAsync(cancellationToken);
        var old = ids.Select(id => ClientId.Parse(id).Host).Where(other => !other.Equals(host, StringComparison.OrdinalIgnoreCase)).GroupBy(other => other, StringComparer.Ordinal).ToList();
        found.Add(old.Count == 0
            ? DoctorFinding.Ok("credentials", "hosts", $"All {ids.Count} client ids name {host}.")
            : DoctorFinding.Warning("credentials", "hosts", $"Client ids name other hosts: {string.Join(", ", old.Select(group => $"{group.Key} ({group.Count()})"))}. They stay good as long as these hosts lead here.", "Make these credentials anew, or set --public-url to the host that they name."));
        found.Add(await command.Get<BackupRecipients>().FindAsync(cancellationToken) is null
            ? DoctorFinding.Warning("backups", "key", "There is no key for backups.", "Make one with podium backup-key, and keep what it shows elsewhere.")
            : DoctorFinding.Ok("backups", "key", "Backups are encrypted to a key of their own."));
        if (options.Database is null)
        {
            found.Add(command.Get<OwnBackups>().LastNightly() is { } last && clock.Now() - last < LateBackup
                ? DoctorFinding.Ok("backups", "nightly", $"The last nightly backup is of {last}.")
                : DoctorFinding.Warning("backups", "nightly", "There is no nightly backup of the last two nights.", "Run podium serve over night, and look into its log and at the disk of --data."));
        }

        found.Add(await command.Get<Freeze>().IsOnAsync(cancellationToken)
            ? DoctorFinding.Warning("server", "frozen", "The server was restored from a backup and is frozen.", "Sync its connectors, then resume it: on the page /settings/restored, or with podium resume.")
            : DoctorFinding.Ok("server", "frozen", "The server is not frozen."));
        return found;
    }

    private static async Task<DoctorFinding> KeyAsync(DatabaseCommand command, PodiumContext context, CancellationToken cancellationToken)
    {
        if (!await context.Set<ServerValue>().AnyAsync(cancellationToken))
        {
            return DoctorFinding.Ok("keys", "fits", "Nothing is encrypted yet.");
        }

        try
        {
            await command.Get<ServerKeys>().CheckAsync(cancellationToken);
            return DoctorFinding.Ok("keys", "fits", "The key file is the one that the secrets of the database were encrypted with.");
        }
        catch (StartupException refusal)
        {
            return DoctorFinding.Failed("keys", "fits", refusal.Message, "Give the right file with --key-file, or restore it.");
        }
    }
}
