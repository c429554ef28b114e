using Baton.Cli.Output;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Output;

/// <summary>With real pagers: shell commands that say what they were given.</summary>
public sealed class PagerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Output_FitsTheScreen_IsPrintedWithoutAPager()
    {
        var result = await Run(height: 50, pager: $"cat > {Paged}", "resource-types");

        Assert.StartsWith("ID ", result, StringComparison.Ordinal);
        Assert.False(File.Exists(Paged));
    }

    [Fact]
    public async Task Output_LongerThanTheScreen_GoesToThePager()
    {
        var result = await Run(height: 4, pager: $"cat > {Paged}", "grants");

        Assert.Equal("", result);
        Assert.Equal(16, (await File.ReadAllLinesAsync(Paged, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Pager_EndsEarly_IsNoError() => Assert.Equal("", await Run(height: 2, pager: "true", "grants"));

    [Theory]
    [InlineData("grants --no-pager")]
    [InlineData("grants -o json")]
    [InlineData("grants -o csv")]
    public async Task Output_NotForReading_IsNeverPaged(string call)
    {
        var result = await Run(height: 2, pager: $"cat > {Paged}", call.Split(' '));

        Assert.StartsWith(call.Contains("json", StringComparison.Ordinal) ? "{" : "Resource", result, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Paged));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cat")]
    public void Command_PagerThatIsNone_IsNone(string pager) => Assert.Null(Pager.Command(name => name == "PAGER" ? pager : null));

    [Fact]
    public void Command_OurOwnVariable_Wins()
        => Assert.Equal("mine", Pager.Command(name => name switch { "BATON_PAGER" => "mine", "PAGER" => "theirs", _ => null }));

    [Fact]
    public async Task Listing_Fails_PrintsNothing()
    {
        using var file = FeatureFile.CreateSimple();
        Damage.Replace(file.Path, "v1_grants", [0xFF]);

        var (code, output, error) = await RunWith(height: 40, pager: "cat >&2", ["grants", "-f", file.Path]);

        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith("Error: ", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Paged => Path.Combine(_folder.Path, "paged");

    private async Task<string> Run(int height, string pager, params string[] arguments)
    {
        var (code, output, error) = await RunWith(height, pager, [.. arguments, "-f", Fixtures.PathOf(Fixtures.Expansion), "-q"]);
        Assert.Equal((0, ""), (code, error));
        return output;
    }

    private async Task<(int Code, string Output, string Error)> RunWith(int height, string pager, string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no pager.");
        using var output = new StringWriter();
        using var error = new StringWriter();
        string? Variable(string name) => name switch { "BATON_PAGER" => pager, "BATON_TMPDIR" => _folder.Path, _ => null };
        var host = new ProgramHost(output, error, Variable, new Terminal(Width: 120, Colours: false) { Height = height });
        var code = await BatonProgram.RunAsync(arguments, host, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
