using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>Every command on a v3 file, beside the same one on the v1 file that it was made of.</summary>
public sealed class PebbleFileTests : IDisposable
{
    private static readonly string[] Names = [Fixtures.Grafana, Fixtures.Expansion];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("resource-types")]
    [InlineData("resources")]
    [InlineData("entitlements")]
    [InlineData("grants")]
    [InlineData("principals")]
    public async Task Json_MadeOfAV1File_IsThatOfTheV1File(string command)
    {
        foreach (var name in Names)
        {
            var expected = (await Cli.Run(command, "-f", Fixtures.PathOf(name), "-o", "json")).Succeeded().Json;
            var found = (await Cli.Run(command, "-f", PathOf(name), "-o", "json")).Succeeded().Json;

            Assert.Equal(Rows(expected), Rows(found));
        }
    }

    [Fact]
    public async Task Diff_WithTheV1File_FindsNothing()
    {
        foreach (var name in Names)
        {
            (await Cli.Run("diff", Fixtures.PathOf(name), PathOf(name), "--exit-code")).Succeeded();
            (await Cli.Run("diff", PathOf(name), Fixtures.PathOf(name), "--exit-code")).Succeeded();
        }
    }

    [Fact]
    public async Task Check_V3_SaysTheFormat()
    {
        var path = PathOf(Fixtures.Grafana);

        var json = (await Cli.Run("check", "-f", path, "-o", "json")).Json;

        Assert.Equal(("v3", "pebble"), ((string?)json["format"], (string?)json["engine"]));
        Assert.Contains("Format   C1Z3 (v3), Pebble", (await Cli.Run("check", "-f", path)).Lines);
        Assert.Contains("Format   C1Z3 (v3), Pebble", (await Cli.Run("stats", "-f", path)).Succeeded().Lines);
        Assert.Equal($"Note: {path} is of the format C1Z3 (v3), Pebble, which holds one sync\n", (await Cli.Run("syncs", "-f", path)).Error);
        (await Cli.Run("syncs", "-f", path, "-q")).Succeeded();
        (await Cli.Run("syncs", "-f", path, "-o", "json")).Succeeded();
    }

    [Theory]
    [InlineData("optimize")]
    [InlineData("recalculate-stats")]
    public async Task Upkeep_V3_RefusesAndLeavesItAlone(string command)
    {
        var path = Path.Combine(_folder.Path, "sync.c1z");
        File.Copy(PathOf(Fixtures.Grafana), path);
        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        var error = (await Cli.Run(command, "-f", path)).Failed(BatonExitCode.BadFile);

        Assert.Contains($"is read here but never written; choose another file, or make a v1 copy: baton export c1z -f {path} --out", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task ExportC1z_V3_MakesAV1FileThatUpkeepTakes()
    {
        var copy = Path.Combine(_folder.Path, "v1.c1z");

        (await Cli.Run("export", "c1z", "-f", PathOf(Fixtures.Expansion), "--out", copy)).Succeeded();

        (await Cli.Run("diff", Fixtures.PathOf(Fixtures.Expansion), copy, "--exit-code")).Succeeded();
        (await Cli.Run("recalculate-stats", "-f", copy)).Succeeded();
        (await Cli.Run("optimize", "-f", copy)).Succeeded();
        Assert.Equal("v1", (string?)(await Cli.Run("check", "-f", copy, "-o", "json")).Json["format"]);
    }

    [Fact]
    public async Task DumpDb_V3_WritesADatabase()
    {
        var database = Path.Combine(_folder.Path, "sync.db");

        (await Cli.Run("dump-db", "-f", PathOf(Fixtures.Grafana), "--out", database)).Succeeded();

        Assert.Equal("SQLite format 3\0"u8.ToArray(), (await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken))[..16]);
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "Baton.C1z.Tests", "Pebble", "TestData", $"{name}.pebble.c1z");

    // The order of a store is that of its keys, and of other objects it has the ids alone.
    private static List<string> Rows(JsonNode document)
    {
        var rows = document.AsObject().Single().Value!.AsArray().Select(row => Reduced(row)!.ToJsonString()).ToList();
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static JsonNode? Reduced(JsonNode? node, string inside = "") => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(item => Reduced(item, inside))]),
        JsonObject fields when IsReference(inside) => fields["id"]!.DeepClone(),
        JsonObject fields => new JsonObject(
            fields.Where(field => field.Key != "creationSource").OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => KeyValuePair.Create(field.Key, Reduced(field.Value, $"{inside}.{field.Key}")))),
        _ => node?.DeepClone(),
    };

    private static bool IsReference(string place)
        => place.EndsWith(".grantableTo", StringComparison.Ordinal)
            || place.EndsWith(".entitlement.resource", StringComparison.Ordinal)
            || place.EndsWith(".grant.entitlement", StringComparison.Ordinal)
            || place.EndsWith(".grant.principal", StringComparison.Ordinal);
}
