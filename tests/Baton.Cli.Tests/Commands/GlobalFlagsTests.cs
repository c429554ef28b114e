using Baton.Cli.Commands;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class GlobalFlagsTests
{
    private static readonly string File = Fixtures.PathOf(Fixtures.TwoSyncs);

    [Fact]
    public void Read_NothingGiven_HasUpstreamsDefaults()
        => Assert.Equal(new GlobalOptions("sync.c1z", OutputFormat.Table, null), GlobalFlags.Read(FlagValues.None, _ => null));

    [Fact]
    public void Read_EnvironmentGiven_IsUsed()
    {
        static string? Environment(string name) => name switch
        {
            "BATON_FILE" => "other.c1z",
            "BATON_OUTPUT_FORMAT" => "json",
            "BATON_SYNC_ID" => "abc",
            _ => null,
        };

        Assert.Equal(new GlobalOptions("other.c1z", OutputFormat.Json, "abc"), GlobalFlags.Read(FlagValues.None, Environment));
    }

    [Fact]
    public async Task Flags_EnvironmentDiffers_Win()
    {
        (string, string)[] environment = [("BATON_FILE", "missing.c1z"), ("BATON_OUTPUT_FORMAT", "json")];

        var result = await Cli.RunIn(environment, "resource-types", "-f", File, "-o", "table");

        Assert.StartsWith("ID ", result.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_BeforeTheCommand_AreUnderstood()
    {
        var result = await Cli.Run("-f", File, "-ojson", "syncs");

        Assert.Equal(2, result.Succeeded().Json["syncs"]!.AsArray().Count);
    }

    [Fact]
    public async Task OutputFormat_Unknown_NamesWhereItCameFrom()
    {
        var flag = await Cli.Run("grants", "-o", "yaml");
        var variable = await Cli.RunIn([("BATON_OUTPUT_FORMAT", "yaml")], "grants");

        Assert.Equal("Error: --output-format does not know \"yaml\"; it takes table, json, jsonl, csv, tsv or markdown", flag.Failed());
        Assert.Equal("Error: BATON_OUTPUT_FORMAT does not know \"yaml\"; it takes table, json, jsonl, csv, tsv or markdown", variable.Failed());
    }
}
