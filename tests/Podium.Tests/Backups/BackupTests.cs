using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Protocol.ConnectorApi.V1;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Attempts;
using Podium.Data;
using Podium.Hosting;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;
using Podium.Tests.Inventory;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;

namespace Podium.Tests.Backups;

public sealed class BackupTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Restore_OfARunningServer_AnswersTheSame(DatabaseKind kind)
    {
        await using var rig = await BackupRig.StartAsync(kind);
        var person = await rig.Server.AddPersonAsync(Role.SuperAdministrator);
        var (identity, backup) = await MakeAsync(rig);
        var answers = await rig.AnswersAsync(rig.Server);
        var target = await rig.TargetAsync();

        var restored = await rig.RunAsync(target, "restore", backup, "--identity-file", identity, "-o", "json");

        Assert.Equal((0, ""), (restored.Code, restored.Error));
        Assert.Contains(JsonNode.Parse(restored.Output)!["rotate"]!.AsArray(), row => row!["kind"]!.GetValue<string>() == "client secret of a connector");
        await using (var other = await TestServer.StartAsync(kind, change: _ => target))
        {
            Assert.Equal(answers, await rig.AnswersAsync(other));
            Assert.Contains("renamed", answers, StringComparison.Ordinal);
        }

        // What the sequences give must not be there already.
        await File.WriteAllTextAsync(rig.PathOf("password"), "correct horse battery", Cancellation);
        var added = await rig.RunAsync(target, "user", "create", "--email", "new@example.com", "--password-file", rig.PathOf("password"));
        Assert.Equal((0, ""), (added.Code, added.Error));
        var verified = await rig.RunAsync(target, "verify", "--audit");
        Assert.Equal((0, ""), (verified.Code, verified.Error));
        Assert.NotNull(person);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Restore_Server_IsFrozenUntilItIsResumed(DatabaseKind kind)
    {
        await using var rig = await BackupRig.StartAsync(kind);
        var person = await rig.Server.AddPersonAsync(Role.SuperAdministrator);
        using var browserBefore = await rig.Server.BrowserAsync(person);
        using var programBefore = await rig.Server.ProgramAsync(person);
        await rig.Server.Database.WriteAsync(
            context => Task.FromResult(rig.Server.Get<AttemptQueue>().Add(context, rig.ConnectorId, new() { Grant = new() }, "test")), Cancellation);
        var (identity, backup) = await MakeAsync(rig);
        var target = await rig.TargetAsync();
        Assert.Equal(0, (await rig.RunAsync(target, "restore", backup, "--identity-file", identity)).Code);
        await using var other = await TestServer.StartAsync(kind, change: _ => target);

        // Nobody is signed in any more, and no token counts.
        using (var old = other.Client())
        {
            old.DefaultRequestHeaders.Add("Cookie", browserBefore.DefaultRequestHeaders.GetValues("Cookie"));
            Assert.Equal(HttpStatusCode.Redirect, (await old.GetAsync("/", Cancellation)).StatusCode);
            old.DefaultRequestHeaders.Authorization = programBefore.DefaultRequestHeaders.Authorization;
            Assert.Equal(HttpStatusCode.Unauthorized, (await old.GetAsync("/api/v1/apps", Cancellation)).StatusCode);
        }

        using (var health = other.Client(Listener.Health))
        {
            Assert.True((await health.GetFromJsonAsync<JsonObject>("/health", Cancellation))!["frozen"]!.GetValue<bool>());
        }

        using var browser = await other.BrowserAsync(person);
        using var program = await other.ProgramAsync(person);
        Assert.Contains("is frozen", await browser.GetStringAsync("/connectors", Cancellation), StringComparison.Ordinal);
        Assert.Contains("client secret of a connector", await browser.GetStringAsync("/settings/restored", Cancellation), StringComparison.Ordinal);
        using var key = JsonContent.Create(new { displayName = "new" });
        var refused = await program.PostAsync("/api/v1/iam/personal_clients", key, Cancellation);
        Assert.Contains("is frozen", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        // No work but a sync that somebody asks for.
        var raw = rig.RawOf(other);
        await raw.AuthorizeAsync(Cancellation);
        var state = await other.Database.ReadAsync(context => context.Set<Attempt>().Where(attempt => attempt.Kind == "grant").Select(attempt => attempt.State).SingleAsync(Cancellation));
        Assert.Equal(AttemptState.Queued, state);
        using var early = JsonContent.Create(new { });
        var tooEarly = await program.PostAsync("/api/podium/v1/restoration/resume", early, Cancellation);
        Assert.Contains("Not synced since", await tooEarly.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await BackupRig.SyncAsync(other, raw, rig.ConnectorId, rig.Upload);

        using var resume = JsonContent.Create(new { });
        var resumed = await program.PostAsync("/api/podium/v1/restoration/resume", resume, Cancellation);

        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Equal(BatonTask.TaskTypeOneofCase.Grant, (await raw.TakeAsync(BatonTask.TaskTypeOneofCase.Grant, Cancellation)).TaskTypeCase);
        Assert.DoesNotContain("is frozen", await browser.GetStringAsync("/connectors", Cancellation), StringComparison.Ordinal);
        var audit = await other.Database.ReadAsync(context => context.Set<AuditRow>().OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(Cancellation));
        Assert.Contains("backup.exported", audit);
        Assert.Contains("server.restored", audit);
        Assert.Contains("server.resumed", audit);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Restore_WhereThereIsSomething_IsRefusedInOneLine(DatabaseKind kind)
    {
        await using var rig = await BackupRig.StartAsync(kind);
        var (identity, backup) = await MakeAsync(rig);
        var target = await rig.TargetAsync();
        Assert.Equal(0, (await rig.RunAsync(target, "restore", backup, "--identity-file", identity)).Code);

        var again = await rig.RunAsync(target, "restore", backup, "--identity-file", identity);
        var emptyFolder = await rig.RunAsync(target with { DataDirectory = rig.PathOf("another") }, "restore", backup, "--identity-file", identity);

        Assert.Equal(2, again.Code);
        Assert.Matches(@"\Apodium: The data folder .* is not empty \(.* is in it\): .*\n\z", again.Error);
        if (kind == DatabaseKind.PostgreSql)
        {
            Assert.Matches(@"\Apodium: The backup .* cannot be restored: the database of --database is not empty.*\n\z", emptyFolder.Error);
        }
    }

    [Fact]
    public async Task Restore_CutOrChangedFile_IsRefusedInOneLineAndLeavesNothing()
    {
        await using var rig = await BackupRig.StartAsync(DatabaseKind.Sqlite);
        var (identity, backup) = await MakeAsync(rig);
        var plain = rig.PathOf("plain");
        Assert.Equal(0, (await rig.RunAsync("backup", plain, "--plain")).Code);
        var (whole, clear) = (await File.ReadAllBytesAsync(backup, Cancellation), await File.ReadAllBytesAsync(plain, Cancellation));
        List<byte[]> broken =
        [
            [], whole[..20], whole[..(whole.Length / 2)], whole[..^1], [.. whole, 0], clear[..^1], clear[..^9], clear[..(clear.Length / 2)], [.. "no backup"u8],
            Flipped(whole, whole.Length / 2), Flipped(clear, clear.Length / 2), Flipped(clear, clear.Length - 6),
            await WithAsync(clear, (name, content) => name == "files/ca.pem" ? (name, [.. content, 10]) : (name, content)),
            await WithAsync(clear, (name, content) => name == "files/ca.pem" ? ("files/../../escaped", content) : (name, content)),
            await WithAsync(clear, (name, content) => name == "manifest.json" ? ("files/manifest", content) : (name, content)),
        ];

        foreach (var content in broken)
        {
            var path = rig.PathOf($"broken-{Guid.NewGuid():N}");
            await File.WriteAllBytesAsync(path, content, Cancellation);
            var target = await rig.TargetAsync();
            var run = await rig.RunAsync(target, "restore", path, "--identity-file", identity);

            Assert.Equal(2, run.Code);
            Assert.Matches(@"\Apodium: The backup .* cannot be restored: it (is cut off or was changed|is no backup of podium)\.\n\z", run.Error);
            Assert.Equal(["podium.lock"], Directory.GetFileSystemEntries(target.DataDirectory).Select(Path.GetFileName));
        }

        Assert.False(File.Exists(rig.PathOf("escaped")));
        var foreign = await rig.RunAsync(await rig.TargetAsync(), "restore", backup);
        Assert.Contains("--identity-file", foreign.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_WithoutAKey_MustBeToldHow()
    {
        await using var rig = await BackupRig.StartAsync(DatabaseKind.Sqlite);

        var nobody = await rig.RunAsync("backup", rig.PathOf("file"));
        var wrong = await rig.RunAsync("backup", rig.PathOf("file"), "--recipient", "age1nonsense");
        var nowhere = await rig.RunAsync("backup", rig.PathOf("no/such/folder"), "--plain");
        var twice = await rig.RunAsync("backup", rig.PathOf("file"), "--plain");
        var overwritten = await rig.RunAsync("backup", rig.PathOf("file"), "--plain");
        var first = await rig.RunAsync("backup-key", "-o", "json");
        var second = await rig.RunAsync("backup-key");
        var replaced = await rig.RunAsync("backup-key", "--replace", "-o", "json");
        var elsewhere = await rig.RunAsync(new ServerOptions { DataDirectory = rig.PathOf("empty") }, "backup", rig.PathOf("other"), "--plain");

        Assert.Equal((2, 2, 2, 0, 2, 0, 2, 0, 2), (nobody.Code, wrong.Code, nowhere.Code, twice.Code, overwritten.Code, first.Code, second.Code, replaced.Code, elsewhere.Code));
        Assert.Contains("podium backup-key", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("overwrites nothing", overwritten.Error, StringComparison.Ordinal);
        Assert.Contains("--replace", second.Error, StringComparison.Ordinal);
        Assert.NotEqual(JsonNode.Parse(first.Output)!["identity"]!.GetValue<string>(), JsonNode.Parse(replaced.Output)!["identity"]!.GetValue<string>());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(rig.PathOf("file")));
        Assert.False(Directory.Exists(rig.PathOf("empty")));
        Assert.DoesNotContain(Directory.GetFiles(rig.PathOf("")), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        var audit = await rig.Server.Database.ReadAsync(context => context.Set<AuditRow>().Select(row => row.Details).ToListAsync(Cancellation));
        Assert.DoesNotContain(audit, details => details.Contains("SECRET", StringComparison.OrdinalIgnoreCase) && details.Contains("AGE-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backup_OfSqlite_IsOneFileInJournalModeDelete()
    {
        await using var rig = await BackupRig.StartAsync(DatabaseKind.Sqlite);

        Assert.Equal(0, (await rig.RunAsync("backup", rig.PathOf("file"), "--plain")).Code);

        var parts = await PartsAsync(await File.ReadAllBytesAsync(rig.PathOf("file"), Cancellation));
        // Bytes 18 and 19: the versions to write and to read it; 2 would be WAL.
        Assert.Equal([1, 1], parts["database/podium.db"][18..20]);
        Assert.Contains(parts.Keys, name => name.StartsWith("uploads/", StringComparison.Ordinal));
        Assert.Equal(parts.Keys.Order(StringComparer.Ordinal), JsonNode.Parse(parts["manifest.json"])!["parts"]!.AsArray().Select(part => part!["name"]!.GetValue<string>()).Append("manifest.json").Order(StringComparer.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(parts["files/ca.pem"])), JsonNode.Parse(parts["manifest.json"])!["parts"]!.AsArray().Single(part => part!["name"]!.GetValue<string>() == "files/ca.pem")!["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task Backup_WhileSyncsAreApplied_IsOfOneMoment()
    {
        await using var rig = await BackupRig.StartAsync(DatabaseKind.PostgreSql);
        var raw = rig.RawOf(rig.Server);
        await raw.AuthorizeAsync(Cancellation);
        var upload = rig.Upload;
        var syncing = Task.Run(
            async () =>
            {
                for (var round = 0; round < 4; round++)
                {
                    upload.AddUser($"{100 + round}");
                    await BackupRig.SyncAsync(rig.Server, raw, rig.ConnectorId, upload);
                }
            },
            Cancellation);
        for (var number = 0; !syncing.IsCompleted || number < 2; number++)
        {
            Assert.Equal(0, (await rig.RunAsync("backup", rig.PathOf($"file-{number}"), "--plain")).Code);
            var target = await rig.TargetAsync();

            // Foreign keys hold, or it would be refused.
            var restored = await rig.RunAsync(target, "restore", rig.PathOf($"file-{number}"));

            Assert.Equal((0, ""), (restored.Code, restored.Error));
            if (number == 5)
            {
                break;
            }
        }

        await syncing;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Restore_OfTheOtherDatabase_IsRefused(DatabaseKind kind)
    {
        await using var rig = await BackupRig.StartAsync(kind);
        Assert.Equal(0, (await rig.RunAsync("backup", rig.PathOf("file"), "--plain")).Code);
        var target = kind == DatabaseKind.Sqlite
            ? new ServerOptions { DataDirectory = rig.PathOf("t"), Database = "Host=127.0.0.1;Port=1", KeyFile = rig.PathOf("k") }
            : new ServerOptions { DataDirectory = rig.PathOf("t") };

        var run = await rig.RunAsync(target, "restore", rig.PathOf("file"));

        Assert.Equal(2, run.Code);
        Assert.Contains(kind == DatabaseKind.Sqlite ? "it is of SQLite" : "it is of PostgreSQL", run.Error, StringComparison.Ordinal);
    }

    private static async Task<(string Identity, string Backup)> MakeAsync(BackupRig rig)
    {
        var key = await rig.RunAsync("backup-key");
        var (identity, backup) = (rig.PathOf("identity"), rig.PathOf("backup"));
        await File.WriteAllTextAsync(identity, key.Output, Cancellation);
        var made = await rig.RunAsync("backup", backup);
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.StartsWith("age-encryption.org/v1", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(backup, Cancellation)), StringComparison.Ordinal);
        return (identity, backup);
    }

    private static byte[] Flipped(byte[] content, int place)
    {
        var changed = content.ToArray();
        changed[place] ^= 1;
        return changed;
    }

    private static async Task<Dictionary<string, byte[]>> PartsAsync(byte[] archive)
    {
        Dictionary<string, byte[]> parts = new(StringComparer.Ordinal);
        await using var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(copyData: true, Cancellation) is { } entry)
        {
            using var content = new MemoryStream();
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(content, Cancellation);
            }

            parts.Add(entry.Name, content.ToArray());
        }

        return parts;
    }

    // The same archive with other parts: as somebody would forge it who knows the format.
    private static async Task<byte[]> WithAsync(byte[] archive, Func<string, byte[], (string Name, byte[] Content)> change)
    {
        using var forged = new MemoryStream();
        await using (var gzip = new GZipStream(forged, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (name, content) in (await PartsAsync(archive)).Select(part => change(part.Key, part.Value)))
            {
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }, Cancellation);
            }
        }

        return forged.ToArray();
    }
}
