using System.Net;
using Podium.Data;
using Podium.Hosting;
using Podium.Tests.Data;

namespace Podium.Tests.Hosting;

public sealed class PodiumServerTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Health_ServerRuns_IsReady(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        using var client = server.Client(Listener.Health);

        var answer = await client.GetAsync("/ready", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Health_OnThePublicListener_IsNotThere()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var client = server.Client();

        var answer = await client.GetAsync("/ready", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task StartAsync_FolderInUse_IsRefused()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var refusal = Assert.Throws<StartupException>(() => DataFolder.Open(server.Server.Folder.Path));

        Assert.Contains("Another podium", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_Authority_IsKeptFromOthers()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(server.Server.Folder.FilePath("ca-key.pem")));
    }
}
