using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>Names that attack whatever prints them, in every format.</summary>
public sealed class OutputFormatTests : IDisposable
{
    private readonly TemporaryFile _file = FeatureFile.CreateSimple();

    [Theory]
    [InlineData("resources")]
    [InlineData("grants")]
    [InlineData("principals")]
    [InlineData("find evil")]
    public async Task Table_HostileName_IsOneHarmlessLine(string command)
    {
        var result = await Cli.Run([.. command.Split(' '), "-f", _file.Path]);

        Assert.Contains("evil\\n\\t\"quoted\", =HYPERLINK(\"x\") <script>alert(1)</script> \\u001b[31m \\u202e 字 😀 | `code`", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Output, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public async Task Csv_HostileName_IsOneQuotedCell()
    {
        var result = await Cli.Run("resources", "-f", _file.Path, "-o", "csv", "--columns", "id,display-name");

        Assert.Equal(
            $"id,display_name\n1,Main Org.\n2,\"'{FeatureFile.Formula.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n3,\nt1,SRE\n1,admin\n2,bob\n3,carol\n4,\"{FeatureFile.Hostile.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n5,bare\n7,newcomer\n",
            result.Succeeded().Output);
    }

    [Fact]
    public async Task Markdown_HostileName_IsNoMarkup()
    {
        var result = await Cli.Run("resources", "-f", _file.Path, "-o", "markdown", "--search", "evil\n", "--columns", "id,display_name");

        Assert.Equal(
            [
                "| ID | Display name |",
                "|---|---|",
                "| 4 | evil\\\\n\\\\t\"quoted\", =HYPERLINK(\"x\") \\<script\\>alert(1)\\</script\\> \\\\u001b\\[31m \\\\u202e 字 😀 \\| \\`code\\`  |",
            ],
            result.Succeeded().Lines);
    }

    [Fact]
    public async Task JsonLines_EveryRow_IsTheElementOfTheList()
    {
        var list = (await Cli.Run("grants", "-f", _file.Path, "-o", "json")).Succeeded().Json["grants"]!.AsArray();
        var lines = (await Cli.Run("grants", "-f", _file.Path, "-o", "jsonl")).Succeeded().Lines;

        Assert.Equal(list.Count, lines.Length);
        Assert.All(list.Zip(lines), pair => Assert.True(JsonNode.DeepEquals(pair.First, JsonNode.Parse(pair.Second))));
    }

    [Fact]
    public async Task Columns_Chosen_AreInTheirOrder()
    {
        var result = await Cli.Run("grants", "-f", _file.Path, "--columns", "email,How,principal id,immutable", "--principal", "user:7");

        Assert.Equal(["Email                 How     Principal ID  Immutable", "newcomer@example.com  direct  user:7        yes"], result.Succeeded().Lines);
    }

    [Fact]
    public async Task NoHeader_Table_BeginsWithTheRows()
        => Assert.Equal("org", (await Cli.Run("resource-types", "-f", _file.Path, "--no-header", "--columns", "id")).Succeeded().Lines[0]);

    [Fact]
    public async Task Color_Always_ColoursWhatStandsOut()
    {
        var result = await Cli.Run("resources", "-f", _file.Path, "--color", "always", "--search", "bob", "--columns", "display_name,status");

        Assert.Equal(["\u001b[1mDisplay name  Status\u001b[0m", "bob           \u001b[31mdisabled\u001b[0m"], result.Succeeded().Lines);
    }

    public void Dispose() => _file.Dispose();
}
