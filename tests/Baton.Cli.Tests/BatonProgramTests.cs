using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Cli.Tests;

public sealed class BatonProgramTests
{
    private static readonly string[] Listings = ["resource-types", "resources", "entitlements", "grants", "principals", "stats", "syncs", "check", "diff"];

    [Fact]
    public async Task Help_NoCommand_NamesEveryCommandAndTheSyncThatIsShown()
    {
        var result = (await Cli.Run()).Succeeded();

        Assert.All(Listings, command => Assert.Contains($"\n  {command} ", result.Output, StringComparison.Ordinal));
        Assert.Contains("latest finished full sync", result.Output, StringComparison.Ordinal);
        Assert.Contains("$BATON_FILE", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsThatOfTheAssembly()
    {
        var result = await Cli.Run("--version");

        Assert.Matches("^baton version [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n$", result.Succeeded().Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Completion_Bash_KnowsTheCommands()
    {
        var result = await Cli.Run("completion", "bash");

        Assert.Contains("resource-types", result.Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grantz", "Error: unknown command \"grantz\" for \"baton\" (did you mean \"grants\"?)")]
    [InlineData("hunter2", "Error: unknown command for \"baton\": word 1 of the command line is neither a command nor a flag")]
    [InlineData("grants hunter2", "Error: unknown command for \"baton grants\": word 2 of the command line is neither a command nor a flag")]
    [InlineData("glsa_0123456789abcdef0123456789abcdef_01234567 --output-format csv", "Error: unknown command for \"baton\": word 1 of the command line is neither a command nor a flag")]
    [InlineData("grants --fille x", "Error: unknown flag: --fille (did you mean \"--file\"?)")]
    [InlineData("grants -f", "Error: flag needs an argument: 'f' in -f")]
    public async Task Usage_Wrong_IsOneLine(string call, string expected)
        => Assert.Equal(expected, (await Cli.Run(call.Split(' '))).Failed());

    [Theory]
    [InlineData("glsa_0123456789abcdef0123456789abcdef_01234567")]
    [InlineData("secret-token:conductorone.com:v1:eyJrdHkiOiJPS1AifQ==")]
    [InlineData("hunter2/planted")]
    public async Task Secret_GivenForSomethingElse_IsNotRepeated(string secret)
    {
        (string, string)[] environment = [("BATON_PASSWORD", "hunter2/planted")];
        string[][] calls = [["grants", "-f", secret], ["syncs", "-f", $"{secret}.c1z"], ["grants", "-o", secret], ["stats", "--sync-id", secret, "-f", Fixtures.PathOf(Fixtures.Grafana)]];
        foreach (var call in calls)
        {
            var result = await Cli.RunIn(environment, call);

            Assert.NotEqual(0, result.ExitCode);
            Assert.DoesNotContain(secret, result.Error, StringComparison.Ordinal);
            Assert.Contains("REDACTED", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task File_NoneNamed_IsOneLine()
    {
        Assert.Equal("Error: --file is empty", (await Cli.Run("optimize", "-f", "")).Failed());
        Assert.Equal("Error: TEXT is empty", (await Cli.Run("find", "", "-f", Fixtures.PathOf(Fixtures.Grafana))).Failed());
    }

    [Fact]
    public async Task File_Unusable_IsOneLineThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        var whole = await File.ReadAllBytesAsync(Fixtures.PathOf(Fixtures.Grafana), TestContext.Current.CancellationToken);
        (string Name, byte[]? Content, string Says)[] cases =
        [
            ("missing.c1z", null, "does not exist"),
            ("empty.c1z", [], "is empty (0 bytes)"),
            ("text.c1z", "hello world"u8.ToArray(), "is not a .c1z file (it starts with 68656c6c, not with 43315a46)"),
            ("four.c1z", "C1ZF"u8.ToArray(), "ends within its first five bytes"),
            ("database.c1z", "SQLite format 3\0"u8.ToArray(), "is not a .c1z file, but a bare SQLite database"),
            ("v3.c1z", "C1Z3\0\0\0\0\0"u8.ToArray(), "is damaged: its manifest names no storage engine"),
            ("magic.c1z", "C1ZF\0"u8.ToArray(), "is damaged"),
            ("cut.c1z", whole[..(whole.Length / 2)], "is damaged"),
        ];
        foreach (var (name, content, says) in cases)
        {
            var path = Path.Combine(folder.Path, name);
            if (content is not null)
            {
                await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
            }

            foreach (var command in Listings)
            {
                var error = (await Cli.Run(command, "-f", path)).Failed(BatonExitCode.BadFile);

                Assert.Contains(path, error, StringComparison.Ordinal);
                Assert.Contains(says, error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Names_WithTerminalEscapes_AreSpelledOutInTables()
    {
        using var file = TemporaryFile.Of(sync => sync.Put([TemporaryFile.User("1", "evil\u001b[31m\r\nname\u009b1m\u202e")]));

        var result = await Cli.Run("resources", "-f", file.Path);

        Assert.Contains("evil\\u001b[31m\\r\\nname\\u009b1m\\u202e", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Output, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public async Task Json_NameWithControlCharacters_IsExact()
    {
        const string name = "tab\tline\nescape\u001b quote\" 字 😀";
        using var file = TemporaryFile.Of(sync => sync.Put([TemporaryFile.User("1", name)]));

        var result = await Cli.Run("resources", "-f", file.Path, "-o", "json");

        Assert.Equal(name, (string?)result.Succeeded().Json["resources"]![0]!["resource"]!["displayName"]);
    }

    [Fact]
    public async Task Json_AnnotationOfAnUnknownType_KeepsItsBytes()
    {
        var user = TemporaryFile.User("1");
        user.Annotations.Add(new Any { TypeUrl = "type.googleapis.com/vendor.v9.Strange", Value = ByteString.CopyFromUtf8("hello") });
        user.Annotations.Add(Any.Pack(new UserTrait { Login = "one" }));
        using var file = TemporaryFile.Of(sync => sync.Put([user]));

        var result = await Cli.Run("resources", "-f", file.Path, "-o", "json");

        var expected = JsonNode.Parse(
            """
            [{"@type": "type.googleapis.com/vendor.v9.Strange", "value": "aGVsbG8="},
             {"@type": "type.googleapis.com/c1.connector.v2.UserTrait", "login": "one"}]
            """);
        var actual = result.Succeeded().Json["resources"]![0]!["resource"]!["annotations"];
        Assert.True(JsonNode.DeepEquals(expected, actual), result.Output);
    }

    [Fact]
    public async Task Output_NobodyReads_EndsQuietly()
    {
        using var output = new FailingWriter(new IOException("Broken pipe", hresult: 32));
        using var error = new StringWriter();

        var code = await BatonProgram.RunAsync(["--version"], new(output, error, _ => null, Terminal: null), TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (code, error.ToString()));
    }

    [Fact]
    public async Task Output_DiskIsFull_IsAnError()
    {
        using var output = new FailingWriter(new IOException("No space left on device", hresult: 28));
        using var error = new StringWriter();

        var code = await BatonProgram.RunAsync(["--version"], new(output, error, _ => null, Terminal: null), TestContext.Current.CancellationToken);

        Assert.Equal((1, "Error: cannot write the output: No space left on device\n"), (code, error.ToString()));
    }

    [Fact]
    public async Task Interruption_EndsQuietlyWithItsOwnCode()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        using var folder = new TemporaryFolder();
        var host = new ProgramHost(output, error, name => name == "BATON_TMPDIR" ? folder.Path : null, Terminal: null);

        var code = await BatonProgram.RunAsync(["resources", "-f", Fixtures.PathOf(Fixtures.Grafana)], host, new CancellationToken(canceled: true));

        Assert.Equal((130, "", ""), (code, output.ToString(), error.ToString()));
    }

    private sealed class FailingWriter(IOException failure) : StringWriter
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.FromException(failure);
    }
}
