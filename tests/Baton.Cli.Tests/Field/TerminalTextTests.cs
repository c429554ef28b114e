using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Cli.Output;
using Baton.Evidence.Tests.Files;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Cli.Tests.Field;

/// <summary>Names come from strangers. Whatever format they are printed in, a terminal is not told what to do by them.</summary>
public sealed class TerminalTextTests
{
    private const string Hostile = "a\u001b]0;x\u0007\u001b[31m\r\nb\u202e\u2066c\u009b\U000e0041d";

    public static TheoryData<string> Commands =>
    [
        "resources", "resources -o csv", "resources -o tsv", "resources -o json", "resources -o jsonl", "resources -o markdown", "resources -o json --fields display_name",
        "grants -o csv", "grants -o json", "entitlements -o jsonl", "principals -o tsv", "find a -o csv", "access user:1 -o json", "access user:1 -o csv",
        "findings -o csv", "findings -o json", "diff -o csv", "diff -o json", "diff -o jsonl", "diff -o html", "diff --format upstream", "diff -o md",
        "stats -o json", "check -o json", "review --out - --format csv", "review --out - --format json", "review --out - --format html", "review -o json",
        "export csv --out -", "export json --out -", "export jsonl --out -",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Terminal_IsSentNothingHarmful(string command)
    {
        using var file = File();

        var (code, output) = await Run(file.Path, command);

        Assert.True(code is 0 or 5, output);
        Assert.NotEmpty(output);
        Assert.DoesNotContain(output.EnumerateRunes(), rune => rune.Value is not ('\n' or '\r' or '\t')
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }

    [Fact]
    public async Task Json_OnATerminal_SaysTheSame()
    {
        using var file = File();

        var shown = (await Run(file.Path, "resources -o json -q")).Output;
        var piped = (await Cli.Run("resources", "-f", file.Path, "-o", "json")).Succeeded();

        Assert.NotEqual(piped.Output, shown);
        Assert.True(JsonNode.DeepEquals(piped.Json, JsonNode.Parse(shown)));
    }

    [Fact]
    public async Task Csv_OnATerminal_IsALineForEachRow()
    {
        using var file = File();

        var shown = (await Run(file.Path, "resources -o csv --columns display_name")).Output;

        Assert.Contains(@"a\u001b]0;x\u0007\u001b[31m\r\nb\u202e\u2066c\u009b\U000e0041d", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_ToAProgram_IsWhatTheFileHas()
    {
        using var file = File();

        Assert.Contains(Hostile, (await Cli.Run("resources", "-f", file.Path, "-o", "csv")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export xlsx --out -")]
    [InlineData("review --out - --format xlsx")]
    public async Task Workbook_IsNotSentToATerminal(string command)
    {
        using var file = File();

        var (code, output) = await Run(file.Path, command);

        Assert.Equal((2, ""), (code, output[..output.IndexOf("Error: ", StringComparison.Ordinal)]));
        Assert.Contains("cannot go to a terminal", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> Run(string file, string command)
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var host = new ProgramHost(output, output, name => name == "BATON_TMPDIR" ? folder.Path : null, new Terminal(Width: 80, Colours: false))
        {
            Time = new FakeTimeProvider(new(2026, 11, 25, 11, 0, 0, TimeSpan.Zero)),
        };
        var code = await BatonProgram.RunAsync([.. command.Split(' '), "-f", file, "--no-pager"], host, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private static TemporaryFile File()
    {
        var file = new TemporaryFile();
        foreach (var suffix in new[] { "", "!" })
        {
            file.AddSync(C1z.Syncs.SyncType.Full, sync =>
            {
                var organization = TemporaryFile.Resource("org", "1", Hostile + suffix);
                var entitlement = TemporaryFile.Entitlement(organization, "Viewer");
                entitlement.DisplayName = Hostile + suffix;
                var person = Books.Person("1");
                person.DisplayName = Hostile + suffix;
                person.Description = Hostile;
                sync.Put([Types.Org, Types.User]);
                sync.Put([organization, person]);
                sync.Put([entitlement]);
                sync.Put([TemporaryFile.Grant(entitlement, person)]);
            });
        }

        return file;
    }
}
