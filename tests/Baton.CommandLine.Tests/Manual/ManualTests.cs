using System.Diagnostics;

namespace Baton.CommandLine.Tests.Manual;

/// <summary>Manual pages, as the formatters read them.</summary>
public sealed class ManualTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-manual-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Man_Program_HasTheSectionsInOrder()
    {
        var page = await PageAsync();

        Assert.Equal(
            ["NAME", "SYNOPSIS", "COMMANDS", "OPTIONS", "RARELY USED OPTIONS", "SEE ALSO"],
            page.Split('\n').Where(line => line.StartsWith(".SH ", StringComparison.Ordinal)).Select(line => line[4..].Trim('"')),
            StringComparer.Ordinal);
        Assert.StartsWith(".TH \"BATON\\-GRAFANA\" \"1\" \"\" \"baton\\-grafana dev\" \"baton\\-grafana manual\"\n", page, StringComparison.Ordinal);
        Assert.Contains("\n.TP\n\\fB\\-f\\fR, \\fB\\-\\-file\\fR \\fIstring\\fR\nthe file (default \"sync.c1z\")\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Man_Command_NamesItsFlagsAndThoseOfAllCommands()
    {
        var page = await PageAsync("health-check");

        Assert.Contains("\\fB\\-\\-endpoint\\fR \\fIname\\fR\nwhat to ask (default \"health\")\n", page, StringComparison.Ordinal);
        Assert.Contains("\\fB\\-\\-provisioning\\fR", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hostname", page, StringComparison.Ordinal);
        Assert.Contains("\\fBbaton\\-grafana\\fR(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Man_UnknownOrHiddenCommand_IsRefused()
    {
        Assert.Equal("unknown command for \"baton-grafana\"", (await SampleProgram.RefuseAsync("man", "hunter2")).Message);
        Assert.Equal("unknown command for \"baton-grafana\"", (await SampleProgram.RefuseAsync("man", "internal")).Message);
    }

    [Fact]
    public async Task Man_Directory_HoldsThePageOfEachCommand()
    {
        var program = new SampleProgram();

        Assert.Equal(0, await program.RunAsync("man", "--directory", Path.Combine(_folder.FullName, "man1")));

        Assert.Equal("", program.Output);
        Assert.Equal(
            ["", "-capabilities", "-completion", "-completion-bash", "-completion-fish", "-completion-powershell", "-completion-zsh", "-diff", "-health-check", "-help", "-man"],
            Directory.GetFiles(Path.Combine(_folder.FullName, "man1")).Select(path => Path.GetFileNameWithoutExtension(path)["baton-grafana".Length..]).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Man_DirectoryThatIsAFile_IsRefusedInOneLine()
    {
        var path = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);

        var refusal = await SampleProgram.RefuseAsync("man", "--directory", path);

        Assert.StartsWith($"cannot write manual pages into \"{path}\": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData(".dot first", ".dot first")]
    [InlineData("'quote first", "'quote first")]
    [InlineData("a \\n backslash, a -dash, ~ ^ ` \"", "a \\n backslash, a -dash, ~ ^ ` \"")]
    [InlineData("more: ☂ é", "more: ☂ é")]
    [InlineData("one\ttab", "one tab")]
    public async Task Man_TextThatFormattersTakeForCommands_IsShownAsItIs(string text, string shown)
    {
        var output = new StringWriter { NewLine = "\n" };
        var root = new CommandDefinition { Name = "p", Summary = "Do", Description = text, Commands = [new() { Name = "c", Summary = text }] };
        await new CommandRunner(root, output, TextWriter.Null).RunAsync(["man"], TestContext.Current.CancellationToken);

        var lines = (await FormatAsync(output.ToString())).Split('\n').Select(line => line.Trim()).ToList();

        Assert.Contains(shown, lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Man_EveryPage_IsFormattedWithoutAWarning()
    {
        foreach (var command in new[] { "", "health-check", "completion", "diff" })
        {
            Assert.Contains("GRAFANA", await FormatAsync(await PageAsync(command)), StringComparison.Ordinal);
        }
    }

    private static async Task<string> PageAsync(string command = "")
    {
        var program = new SampleProgram();
        Assert.Equal(0, await program.RunAsync(["man", .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        return program.Output;
    }

    /// <summary>Fails on any warning.</summary>
    private static async Task<string> FormatAsync(string page)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "groff is not installed");
        var start = new ProcessStartInfo("/usr/bin/groff", ["-ww", "-man", "-Tutf8", "-P-c", "-rLL=160n"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(page);
        process.StandardInput.Close();
        Assert.Equal("", await error);
        return await output;
    }
}
