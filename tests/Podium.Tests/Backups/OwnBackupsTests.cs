using Microsoft.Extensions.Time.Testing;
using Podium.Backups;
using Podium.Data;
using Podium.Hosting;
using Podium.Hosting.Keys;
using Podium.Tests.Hosting;

namespace Podium.Tests.Backups;

public sealed class OwnBackupsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podium-own-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nightly_OfNineNights_KeepsSevenThatTheWrappingKeyOpens()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, compose: WithoutTheWorker);
        var backups = Of(server, clock);

        List<string?> made = [await backups.RunNightlyAsync(Cancellation), await backups.RunNightlyAsync(Cancellation)];
        // Before two o'clock it is still the night of yesterday.
        clock.Advance(TimeSpan.FromHours(17));
        made.Add(await backups.RunNightlyAsync(Cancellation));
        for (var night = 0; night < 8; night++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            made.Add(await backups.RunNightlyAsync(Cancellation));
        }

        var folder = server.Server.Folder.FilePath("backups");
        Assert.Equal((false, true, true), (made[0] is null, made[1] is null, made[2] is null));
        Assert.Equal(
            Enumerable.Range(3, 7).Select(day => $"nightly-2026-12-{day:00}.podium-backup"),
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made[^1]!));
        var (code, error) = await RestoreAsync(made[^1]!, server.Server.Folder.FilePath("wrapping.key"));
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task BeforeMigration_NamesWhatItWasBefore()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, compose: WithoutTheWorker);

        await Of(server, clock).BeforeAsync("20261201000000_Initial", Cancellation);

        var path = Assert.Single(Directory.GetFiles(server.Server.Folder.FilePath("backups")));
        Assert.Equal("before-migration-20261201T080000Z-20261201000000_Initial.podium-backup", Path.GetFileName(path));
        var (code, error) = await RestoreAsync(path, identity: null);
        Assert.Equal(2, code);
        Assert.Contains("--identity-file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nightly_ServerRuns_IsMadeByItself()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);

        while (server.Get<OwnBackups>().LastNightly() is null)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        Assert.Single(Directory.GetFiles(server.Server.Folder.FilePath("backups"), "nightly-*"));
    }

    // A clock of their own: the server's timers would tick through all of the days.
    private static OwnBackups Of(TestServer server, TimeProvider clock)
        => new(server.Get<MakeBackup>(), server.Get<BackupRecipients>(), server.Get<WrappingKey>, server.Database, server.Get<ServerOptions>(), clock);

    private static void WithoutTheWorker(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
    {
        for (var index = services.Count - 1; index >= 0; index--)
        {
            if (services[index].ImplementationType == typeof(NightlyBackups))
            {
                services.RemoveAt(index);
            }
        }
    }

    private async Task<(int Code, string Error)> RestoreAsync(string path, string? identity)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] flags = identity is null ? [] : ["--identity-file", identity];
        var code = await PodiumProgram.RunAsync(["restore", path, "--data", Path.Combine(_folder.FullName, "data"), .. flags], new(_ => null, _folder.FullName), output, error);
        return (code, error.ToString());
    }
}
