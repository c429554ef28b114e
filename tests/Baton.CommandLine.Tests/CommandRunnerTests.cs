namespace Baton.CommandLine.Tests;

public class CommandRunnerTests
{
    [Theory]
    [InlineData("--version")]
    [InlineData("-v")]
    [InlineData("-pv")]
    public async Task RunAsync_Version_PrintsOneLine(string word)
    {
        var program = new SampleProgram();

        var code = await program.RunAsync(word);

        Assert.Equal(0, code);
        Assert.Equal("baton-grafana version dev\n", program.Output);
        Assert.Null(program.Called);
    }

    [Fact]
    public async Task RunAsync_VersionOfACommand_IsUnknown()
    {
        Assert.Equal("unknown flag: --version", (await SampleProgram.RefuseAsync("capabilities", "--version")).Message);
        Assert.Equal("unknown shorthand flag: 'v' in -v", (await SampleProgram.RefuseAsync("capabilities", "-v")).Message);
    }

    [Fact]
    public async Task RunAsync_NoWords_RunsTheRoot()
    {
        var invocation = await SampleProgram.CallAsync();

        Assert.Equal("baton-grafana", invocation.Command.Name);
        Assert.Equal("sync.c1z", invocation.Flags.Get(SampleProgram.File));
        Assert.False(invocation.Flags.IsSet("file"));
    }

    [Theory]
    [InlineData("--file", "x", "capabilities")]
    [InlineData("capabilities", "--file", "x")]
    [InlineData("capabilities", "-pf", "x")]
    [InlineData("-pf", "x", "capabilities")]
    [InlineData("-p", "--file=x", "capabilities")]
    public async Task RunAsync_PersistentFlag_StandsOnEitherSideOfTheCommand(params string[] words)
    {
        var invocation = await SampleProgram.CallAsync(words);

        Assert.Equal("capabilities", invocation.Command.Name);
        Assert.Equal("x", invocation.Flags.Get(SampleProgram.File));
        Assert.Empty(invocation.Arguments);
    }

    [Fact]
    public async Task RunAsync_FlagOfACommandBeforeItsName_BelongsToTheCommand()
    {
        var invocation = await SampleProgram.CallAsync("--endpoint", "ready", "health-check");

        Assert.Equal("health-check", invocation.Command.Name);
        Assert.Equal("ready", invocation.Flags.Get(SampleProgram.Endpoint));
    }

    [Theory]
    [InlineData("--hostname", "x", "capabilities")]
    [InlineData("capabilities", "--hostname", "x")]
    public async Task RunAsync_LocalFlagOfTheRoot_IsUnknownToCommands(params string[] words)
        => Assert.Equal("unknown flag: --hostname", (await SampleProgram.RefuseAsync(words)).Message);

    [Theory]
    [InlineData("""unknown command for "baton-grafana": word 1 of the command line is neither a command nor a flag """, "hunter2")]
    [InlineData("""unknown command "false" for "baton-grafana" """, "--provisioning", "false")]
    [InlineData("""unknown command for "baton-grafana": word 2 of the command line is neither a command nor a flag """, "--", "hunter2")]
    [InlineData("""unknown command for "baton-grafana capabilities": word 2 of the command line is neither a command nor a flag """, "capabilities", "hunter2")]
    [InlineData("""unknown command for "baton-grafana": word 1 of the command line is neither a command nor a flag """, "hunter2", "--nosuch")]
    [InlineData("""unknown command for "baton-grafana", behind --provisioning: a value with blanks belongs in quotation marks """, "--provisioning", "hunter2")]
    [InlineData("""unknown command for "baton-grafana": word 1 of the command line is neither a command nor a flag """, "password=hunter2")]
    [InlineData("""unknown command for "baton-grafana", behind --pasword: a value with blanks belongs in quotation marks """, "--pasword=my", "hunter2")]
    [InlineData("""unknown command for "baton-grafana", behind a flag: a value with blanks belongs in quotation marks """, "--pasword", "x", "--Hunter2", "y", "z")]
    [InlineData("""unknown command for "baton-grafana capabilities", behind -p: a value with blanks belongs in quotation marks """, "capabilities", "-p", "hunter2")]
    [InlineData("""unknown command "capabilites" for "baton-grafana" """, "capabilites")]
    [InlineData("accepts 2 arg(s), received 1", "diff", "a")]
    [InlineData("accepts 2 arg(s), received 3", "diff", "a", "b", "--", "--c")]
    public async Task RunAsync_WordsTooManyOrTooFew_AreRefused(string message, params string[] words)
        => Assert.Equal(message.TrimEnd(), (await SampleProgram.RefuseAsync(words)).Message);

    [Theory]
    [InlineData("did you mean \"capabilities\"?", "capabilites")]
    [InlineData("did you mean \"--hostname\"?", "--hostnme", "x")]
    [InlineData(null, "internl")]
    [InlineData(null, "zzz")]
    public async Task RunAsync_Misspelling_IsHintedAtOutsideTheMessage(string? hint, params string[] words)
        => Assert.Equal(hint, (await SampleProgram.RefuseAsync(words)).Hint);

    [Fact]
    public async Task RunAsync_Arguments_AreHandedOverInOrder()
    {
        var invocation = await SampleProgram.CallAsync("diff", "-p", "old", "--", "--new");

        Assert.Equal(["old", "--new"], invocation.Arguments);
    }

    [Fact]
    public async Task RunAsync_HiddenCommand_Runs()
        => Assert.Equal("internal", (await SampleProgram.CallAsync("internal")).Command.Name);

    [Fact]
    public async Task RunAsync_FlagDefinedTwice_IsABug()
    {
        var runner = new CommandRunner(
            new() { Name = "x", Flags = [new StringFlag("a", ""), new BooleanFlag("a", "")] }, TextWriter.Null, TextWriter.Null);

        await Assert.ThrowsAsync<ArgumentException>(() => runner.RunAsync([], TestContext.Current.CancellationToken));
    }
}
