namespace Baton.Configuration.Tests.Sources;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly SampleProgram _program = new SampleProgram().WithCredentials();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData(".baton.yaml")]
    [InlineData(".baton.yml")]
    [InlineData(".baton")]
    public async Task Read_UsualName_IsFoundInTheWorkingDirectory(string name)
    {
        _program.WithFile("workers: 2", name);

        Assert.Equal(2, (await _program.ResolveAsync()).GetInteger("workers"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_NamedFile_IsTheOnlyOne(bool absolute)
    {
        _program.WithFile("workers: 2").WithFile("provisioning: true", "other.yml");
        _program.With("BATON_CONFIG_PATH", absolute ? Path.Combine(_program.WorkingDirectory, "other.yml") : "other.yml");

        var configuration = await _program.ResolveAsync();

        Assert.Equal(0, configuration.GetInteger("workers"));
        Assert.True(configuration.GetBoolean("provisioning"));
    }

    [Fact]
    public async Task Read_NamedFileIsMissing_IsReported()
    {
        _program.With("BATON_CONFIG_PATH", "/nosuch/x.yaml");

        Assert.Equal(
            ["configuration file /nosuch/x.yaml does not exist, although BATON_CONFIG_PATH names it"], await _program.ProblemsAsync());
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("x")]
    [InlineData("x.YAML")]
    public async Task CheckFileName_OtherExtension_IsRefused(string path)
    {
        _program.With("BATON_CONFIG_PATH", path);
        var sources = await _program.SourcesAsync();

        var refusal = Assert.Throws<ConfigurationException>(() => sources.CheckFileName(SampleProgram.Definition.Names));

        Assert.Equal("expected config file to have .yaml or .yml extension", refusal.Message);
        Assert.Equal([refusal.Message], await _program.ProblemsAsync());
    }

    [Fact]
    public async Task Read_Values_AreTakenAsTheyStand()
    {
        _program.Environment.Clear();
        _program.WithFile(
            """
            # a comment
            Hostname: "https://g"
            username: 0123
            PASSWORD: 1e3
            workers: 0x10
            provisioning: true
            sync-resource-types: [org, 'a,b']
            log-path: stdout,stderr
            file:
            log-level: ~
            create-account-profile: '{"login":"x"}'
            unknown: { deeply: [nested] }
            sync_resources: ignored
            """);

        var configuration = await _program.ResolveAsync();

        Assert.Equal("https://g", configuration.GetString("hostname"));
        Assert.Equal("0123", configuration.GetString("username"));
        Assert.Equal("1e3", configuration.GetString("password"));
        Assert.Equal(16, configuration.GetInteger("workers"));
        Assert.True(configuration.GetBoolean("provisioning"));
        Assert.Equal(["org", "a,b"], configuration.GetStrings("sync-resource-types"));
        Assert.Equal(["stdout", "stderr"], configuration.GetStrings("log-path"));
        Assert.Equal("sync.c1z", configuration.GetString("file"));
        Assert.False(configuration.IsSet("file"));
        Assert.Equal("info", configuration.GetString("log-level"));
        Assert.Equal("""{"login":"x"}""", configuration.GetString("create-account-profile"));
        Assert.Empty(configuration.GetStrings("sync-resources"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("~\n")]
    [InlineData("{}")]
    public async Task Read_FileWithoutValues_IsFine(string text)
    {
        _program.WithFile(text);

        Assert.False((await _program.ResolveAsync()).IsSet("file"));
    }

    [Theory]
    [InlineData("hostname: [a", "line 2: ")]
    [InlineData("file: x\n\tworkers: 1\n", "line 1: ")]
    [InlineData("- file\n", "line 1: expected a map from field names to values")]
    [InlineData("just text", "line 1: expected a map from field names to values")]
    [InlineData("file: x\nFILE: y\n", "line 2: FILE is given twice")]
    [InlineData("create-account-profile:\n  login: x\n", "line 2: expected the value of create-account-profile to be a text or a list")]
    [InlineData("log-path:\n  - a\n  - [b]\n", "line 3: expected the items of log-path to be texts")]
    [InlineData("file: *nowhere\n", "line 1: expected the value of file to be a text or a list")]
    [InlineData("*nowhere : x\n", "line 1: ")]
    [InlineData("hostname: \"\\q\"\n", "line 1: that is not YAML; look for a missing colon, quotation mark or bracket")]
    [InlineData("hostname: [http\nnocolon\n", "line ")]
    [InlineData("hostname: x\nnocolon\n", "line ")]
    [InlineData("hunter2: 1\nhunter2: 2\n", "line 2: what stands there is given twice")]
    public async Task Read_NonsenseInTheFile_IsReportedWithItsLine(string text, string problem)
    {
        _program.WithFile(text);

        var only = Assert.Single(await _program.ProblemsAsync());

        var start = $"configuration file {_program.WorkingDirectory}/.baton.yaml is malformed: ";
        Assert.StartsWith(start, only, StringComparison.Ordinal);
        Assert.StartsWith(problem, only[start.Length..], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', only);
        Assert.DoesNotContain("nowhere", only, StringComparison.Ordinal);
    }
}
