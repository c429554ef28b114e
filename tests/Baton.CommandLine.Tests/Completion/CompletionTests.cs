using System.Diagnostics;

namespace Baton.CommandLine.Tests.Completion;

public class CompletionTests
{
    [Theory]
    [InlineData("--host", "--hostname")]
    [InlineData("cap", "capabilities")]
    [InlineData("--file x cap", "capabilities")]
    [InlineData("--file = x cap", "capabilities")]
    [InlineData("health-check --endp", "--endpoint")]
    [InlineData("health-check --fi", "--file")]
    [InlineData("completion z", "zsh")]
    [InlineData("capabilities --host", "")]
    [InlineData("--file cap", "")]
    [InlineData("inter", "")]
    [InlineData("--po", "")]
    public async Task Bash_WordsSoFar_CompleteTheLast(string words, string expected)
    {
        var count = words.Split(' ').Length;
        var script = await ScriptAsync("bash")
            + $"COMP_WORDS=(baton-grafana {words}); COMP_CWORD={count}; _baton_grafana_completion; echo \"${{COMPREPLY[*]}}\"\n";

        Assert.Equal(expected + "\n", await RunShellAsync("bash", script, "--norc"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Script_OfAShell_IsSyntacticallyRight(string shell)
        => Assert.Equal("", await RunShellAsync(shell, await ScriptAsync(shell), "-n"));

    [Theory]
    [InlineData("--host", "--hostname")]
    [InlineData("--file x cap", "capabilities")]
    [InlineData("health-check --endp", "--endpoint")]
    [InlineData("capabilities --host", "")]
    public async Task Fish_WordsSoFar_CompleteTheLast(string words, string expected)
    {
        var script = await ScriptAsync("fish") + $"complete -C 'baton-grafana {words}'\n";

        var answer = await RunShellAsync("fish", script, "--no-config");

        Assert.Equal(expected, answer.Split('\t')[0].TrimEnd());
    }

    [Theory]
    [InlineData("--host", "--hostname:required\\: where it is ($BATON_HOSTNAME)")]
    [InlineData("--file x cap", "capabilities:Print what it can do")]
    [InlineData("health-check --endp", "--endpoint:what to ask")]
    [InlineData("capabilities --host", "")]
    public async Task Zsh_WordsSoFar_OfferTheLast(string words, string expected)
    {
        // The completion system proper needs a terminal; what matters is what the script offers to it.
        const string Stubs = """
            compdef() { }
            _files() { }
            _describe() { [[ $1 == -o ]] && shift; print -rl -- ${(M)${(P)2}:#${words[CURRENT]}*} }

            """;
        var call = $"words=(baton-grafana {words}); CURRENT={words.Split(' ').Length + 1}; _baton-grafana\n";

        Assert.Equal(expected, (await RunShellAsync("zsh", Stubs + await ScriptAsync("zsh") + call, "-f")).TrimEnd());
    }

    [Fact]
    public async Task PowerShell_Script_KnowsCommandsAndFlags()
    {
        var script = await ScriptAsync("powershell");

        Assert.Contains("Register-ArgumentCompleter -Native -CommandName 'baton-grafana'", script, StringComparison.Ordinal);
        Assert.Contains("'/health-check' = @(@('--endpoint', 'what to ask'), ", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task NoDescriptions_OfAShell_LeavesTheNames(string shell)
    {
        var program = new SampleProgram();

        Assert.Equal(0, await program.RunAsync("completion", shell, "--no-descriptions"));

        Assert.DoesNotContain("Print what it can do", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("what to ask", program.Output, StringComparison.Ordinal);
        Assert.Contains("capabilities", program.Output, StringComparison.Ordinal);
        Assert.Equal("", shell == "powershell" ? "" : await RunShellAsync(shell, program.Output, "-n"));
    }

    [Theory]
    [InlineData]
    [InlineData("tcsh")]
    public async Task Completion_WithoutAKnownShell_PrintsItsHelp(params string[] shell)
    {
        var program = new SampleProgram();

        Assert.Equal(0, await program.RunAsync(["completion", .. shell]));

        Assert.Contains("  baton-grafana completion [command]\n", program.Output, StringComparison.Ordinal);
    }

    private static async Task<string> ScriptAsync(string shell)
    {
        var program = new SampleProgram();
        await program.RunAsync("completion", shell);
        return program.Output;
    }

    private static async Task<string> RunShellAsync(string shell, string script, string option)
    {
        var installed = new[] { "/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin" }
            .Select(folder => Path.Combine(folder, shell)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(installed is null, $"{shell} is not installed");

        var start = new ProcessStartInfo(installed, [option])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await error);
        return output;
    }
}
