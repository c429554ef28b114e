using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting;
using Podium.Tests.Data;

namespace Podium.Tests.Hosting;

public sealed class DoctorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podium-doctor-");

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Doctor_ServerRunsOrNot_FindsNothingWrong(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var options = server.Get<ServerOptions>();

        if (options.KeyFile is { } key)
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead);
        }

        var running = await RunAsync(options);

        Assert.Equal((0, "ok"), (running.Code, running.Level("database", "schema")));
        Assert.Equal("A server runs on the folder.", running.Text("folder", "server"));
        Assert.Equal("ok", running.Level("keys", "fits"));
        Assert.Equal("ok", running.Level("credentials", "hosts"));
        Assert.Equal("ok", running.Level("certificate", "authority"));
        if (kind == DatabaseKind.PostgreSql)
        {
            Assert.Equal(("ok", "ok", "ok"), (running.Level("database", "notices"), running.Level("database", "pg_trgm"), running.Level("database", "clock")));
        }
    }

    [Fact]
    public async Task Doctor_EverythingThatIsWrong_NamesTheSetting()
    {
        ServerOptions options;
        await using (var server = await TestServer.StartAsync(DatabaseKind.Sqlite, change: options => options with { DataDirectory = Path.Combine(_folder.FullName, "data") }))
        {
            options = server.Get<ServerOptions>();
            await server.AddPersonAsync();
        }

        var catalog = _folder.CreateSubdirectory("catalog");
        await File.WriteAllTextAsync(Path.Combine(catalog.FullName, "anybody"), "", Cancellation);
        File.SetUnixFileMode(Path.Combine(catalog.FullName, "anybody"), (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(Path.Combine(options.DataDirectory, "wrapping.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await File.WriteAllTextAsync(Path.Combine(options.DataDirectory, "ca.pem"), "nonsense", Cancellation);

        var run = await RunAsync(options, "--public-url", "https://there-is-no-such-host.invalid", "--catalog", catalog.FullName);

        Assert.Equal(1, run.Code);
        Assert.Equal("No server runs on the folder.", run.Text("folder", "server"));
        Assert.Equal("failed", run.Level("keys", "mode-of-wrapping.key"));
        Assert.Equal("failed", run.Level("certificate", "readable"));
        Assert.Equal("failed", run.Level("catalogue", "anybody"));
        Assert.Equal("failed", run.Level("address", "public-url"));
        Assert.Contains("--public-url", run.Remedy("address", "public-url"), StringComparison.Ordinal);
        Assert.Contains("backup-key", run.Remedy("backups", "key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OtherKeyOldHostAndNewerSchema_IsSaid()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.PostgreSql);
        var options = server.Get<ServerOptions>();
        await Podium.Tests.Connectors.ConnectorRig.AddAsync(server, "Old");
        var connector = await server.Database.ReadAsync(context => context.Set<Podium.Connectors.Connector>().SingleAsync(Cancellation));
        await server.Get<Podium.Connectors.UseCases.RotateCredential>().RunAsync(connector.Id, null, Podium.Audit.Actor.System, Cancellation);
        var other = Path.Combine(_folder.FullName, "other.key");
        await File.WriteAllBytesAsync(other, [.. Enumerable.Repeat((byte)1, 32)], Cancellation);

        var wrongKey = await RunAsync(options with { KeyFile = other }, "--public-url", "https://localhost.localdomain.invalid:8443");
        await server.Database.WriteAsync(
            context => context.Database.ExecuteSqlRawAsync("INSERT INTO migrations_history (\"MigrationId\", \"ProductVersion\") VALUES ('99991231000000_Later', '10.0.0')", Cancellation), Cancellation);
        var newer = await RunAsync(options);
        var unreachable = await RunAsync(options with { Database = "Host=127.0.0.1;Port=1;Password=hush-hush" });

        Assert.Equal("failed", wrongKey.Level("keys", "fits"));
        Assert.Contains("127.0.0.1 (1)", wrongKey.Text("credentials", "hosts"), StringComparison.Ordinal);
        Assert.Equal((1, "failed"), (newer.Code, newer.Level("database", "schema")));
        Assert.Equal((1, "failed"), (unreachable.Code, unreachable.Level("database", "reachable")));
        Assert.Contains("--database", unreachable.Remedy("database", "reachable"), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", unreachable.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NothingThere_MakesNothing()
    {
        var run = await RunAsync(new() { DataDirectory = Path.Combine(_folder.FullName, "nowhere") });

        Assert.Equal(1, run.Code);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "nowhere")));
        Assert.Contains("--data", run.Remedy("folder", "exists"), StringComparison.Ordinal);
    }

    private async Task<Report> RunAsync(ServerOptions options, params string[] flags)
    {
        Dictionary<string, string?> variables = new(StringComparer.Ordinal) { ["PODIUM_DATA"] = options.DataDirectory, ["PODIUM_DATABASE"] = options.Database, ["PODIUM_KEY_FILE"] = options.KeyFile };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await PodiumProgram.RunAsync(["doctor", "-o", "json", .. flags], new(name => variables.GetValueOrDefault(name), _folder.FullName), output, error);
        Assert.Equal("", error.ToString());
        return new(code, output.ToString());
    }

    private sealed record Report(int Code, string Output)
    {
        public string? Level(string area, string check) => Find(area, check, "level");

        public string? Text(string area, string check) => Find(area, check, "text");

        public string? Remedy(string area, string check) => Find(area, check, "remedy");

        private string? Find(string area, string check, string member) => JsonNode.Parse(Output)!["checks"]!.AsArray()
            .SingleOrDefault(found => found!["area"]!.GetValue<string>() == area && found["check"]!.GetValue<string>() == check)?[member]?.GetValue<string>();
    }
}
