using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;
using SQLitePCL;

namespace Baton.Cli.Tests.Commands;

public sealed class UpkeepCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task DumpDb_File_IsTheDatabaseInIt()
    {
        (await Cli.Run("dump-db", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--out", Path("sync.db"))).Succeeded();

        Assert.Equal("15", Scalar(Path("sync.db"), "SELECT count(*) FROM v1_grants"));
        Assert.Equal("sync.db", string.Join(' ', Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName)));
    }

    [Fact]
    public async Task DumpDb_WhatIsPackedIsNoDatabase_LeavesNothing()
    {
        using var compressor = new ZstdSharp.Compressor();
        await File.WriteAllBytesAsync(Path("x.c1z"), [.. "C1ZF\0"u8, .. compressor.Wrap("just text, and no database"u8)], TestContext.Current.CancellationToken);

        var error = (await Cli.Run("dump-db", "-f", Path("x.c1z"), "--out", Path("sync.db"))).Failed(BatonExitCode.BadFile);

        Assert.EndsWith("is damaged: what is packed in it is not a SQLite database", error, StringComparison.Ordinal);
        Assert.Equal("x.c1z", string.Join(' ', Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName)));
    }

    [Theory]
    [InlineData("", "Error: --out is empty")]
    [InlineData("-", "Error: a database cannot go to standard output; name a file with --out")]
    public async Task DumpDb_NoFileIsNamed_IsRefused(string path, string expected)
        => Assert.Equal(expected, (await Cli.Run("dump-db", "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", path)).Failed());

    [Fact]
    public async Task DumpDb_OverTheFileThatIsRead_LeavesIt()
    {
        File.Copy(Fixtures.PathOf(Fixtures.Grafana), Path("x.c1z"));

        var error = (await Cli.Run("dump-db", "-f", Path("x.c1z"), "--out", Path("x.c1z"))).Failed();

        Assert.EndsWith("it is the file that is read; choose another name with --out", error, StringComparison.Ordinal);
        (await Cli.Run("syncs", "-f", Path("x.c1z"))).Succeeded();
    }

    [Fact]
    public async Task Optimize_File_KeepsEverything()
    {
        File.Copy(Fixtures.PathOf(Fixtures.TwoSyncs), Path("x.c1z"));

        var result = await Cli.Run("optimize", "-f", Path("x.c1z"));

        Assert.StartsWith($"Optimized {Path("x.c1z")}: 4718 bytes before, ", result.Succeeded().Output, StringComparison.Ordinal);
        foreach (var (command, expected) in Fixtures.Listings(Fixtures.TwoSyncs).Where(listing => listing.Key != "bySync"))
        {
            var listing = await Cli.Run(command, "-f", Path("x.c1z"), "-o", "json");
            Assert.True(JsonNode.DeepEquals(expected, listing.Succeeded().Json), listing.Output);
        }
    }

    [Fact]
    public async Task RecalculateStats_OldFile_StoresTheCounts()
    {
        File.Copy(Fixtures.PathOf(Fixtures.Legacy), Path("x.c1z"));

        var result = await Cli.Run("recalculate-stats", "-f", Path("x.c1z"));
        (await Cli.Run("dump-db", "-f", Path("x.c1z"), "--out", Path("x.db"))).Succeeded();

        Assert.Equal(["3MVN1kIMWm9z81qdIlXckogDtW4: 2 resource types, 6 resources, 6 entitlements, 7 grants", "1 finished sync counted."], result.Succeeded().Lines);
        Assert.Equal("7", Scalar(Path("x.db"), "SELECT stats ->> 'grants' FROM v1_sync_runs"));
    }

    [Theory]
    [InlineData("optimize")]
    [InlineData("recalculate-stats")]
    [InlineData("dump-db")]
    [InlineData("export c1z")]
    public async Task Upkeep_FileMissing_CreatesNothing(string command)
    {
        var result = await Cli.Run([.. command.Split(' '), "-f", Path("missing.c1z")]);

        Assert.EndsWith("missing.c1z does not exist", result.Failed(BatonExitCode.BadFile), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    private static string Scalar(string database, string sql)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(database, out var connection));
        using (connection)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection, sql, out var statement));
            using (statement)
            {
                Assert.Equal(raw.SQLITE_ROW, raw.sqlite3_step(statement));
                return raw.sqlite3_column_text(statement, 0).utf8_to_string();
            }
        }
    }
}
