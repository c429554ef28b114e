using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Baton.EndToEnd.Tests;

/// <summary>Manual pages and completion of the connector, against its own help.</summary>
public sealed partial class ManualTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Man_Directory_TellsEveryCommandAndFlagOfTheHelp()
    {
        using var workspace = new Workspace();
        (await Connector.RunAsync(workspace, "man", "--directory", workspace.OutputFolder)).Succeeded();
        var help = (await Connector.RunAsync(workspace, "--help")).Succeeded().Output;
        var page = Plain(await File.ReadAllTextAsync(Path.Combine(workspace.OutputFolder, "baton-grafana.1"), Cancellation));
        var (commands, flags) = (Names(Command(), help), Names(Flag(), help));

        Assert.NotEmpty(commands);
        Assert.All(commands, command =>
        {
            Assert.Contains($"\n.TP\n\\fB{command}\\fR\n", page, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(workspace.OutputFolder, $"baton-grafana-{command}.1")), command);
        });
        Assert.Contains("password-file", flags, StringComparer.Ordinal);
        Assert.All(flags, flag => Assert.Contains($"\\fB--{flag}\\fR", page, StringComparison.Ordinal));
        Assert.Contains("\\fB--grant-entitlement\\fR", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Man_TwiceAndElsewhere_IsTheSame()
    {
        using var workspace = new Workspace();
        workspace.Variables["BATON_HOSTNAME"] = "https://somewhere.example.com";
        using var other = new Workspace();

        Assert.Equal((await Connector.RunAsync(workspace, "man")).Succeeded().Output, (await Connector.RunAsync(other, "man")).Succeeded().Output);
    }

    [Theory]
    [InlineData("bash", "--norc", "COMP_WORDS=(baton-grafana --password-f); COMP_CWORD=1; _baton_grafana_completion; echo \"${COMPREPLY[*]}\"")]
    [InlineData("fish", "--no-config", "complete -C 'baton-grafana --password-f' | string split -f1 \\t")]
    public async Task Completion_InTheShell_KnowsTheFlag(string shell, string option, string question)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"{shell} is not installed");
        using var workspace = new Workspace();
        var script = (await Connector.RunAsync(workspace, "completion", shell)).Succeeded().Output;
        var start = new ProcessStartInfo($"/usr/bin/{shell}", [option]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;

        await process.StandardInput.WriteAsync($"{script}\n{question}\n");
        process.StandardInput.Close();

        Assert.Equal("--password-file", (await process.StandardOutput.ReadToEndAsync(Cancellation)).Trim());
    }

    private static string Plain(string page) => page.Replace("\\-", "-", StringComparison.Ordinal);

    private static List<string> Names(Regex pattern, string help) => [.. pattern.Matches(help).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^  (?<name>[a-z][a-z-]*) +[A-Z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"^  (?:-.,|   ) --(?<name>[a-z0-9-]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Flag();
}
