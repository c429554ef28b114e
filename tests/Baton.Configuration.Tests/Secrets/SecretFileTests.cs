using System.Diagnostics;
using System.Text;
using Baton.Configuration.Secrets;

namespace Baton.Configuration.Tests.Secrets;

/// <summary>Secrets that are given as the path of a file.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly SampleProgram _program = new SampleProgram().With("BATON_HOSTNAME", "https://g").With("BATON_USERNAME", "admin");

    private string Folder => _program.WorkingDirectory;

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("hunter2", "hunter2")]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("hunter2\n\n", "hunter2\n")]
    [InlineData("hunter2\r", "hunter2\r")]
    [InlineData(" hunter2 \n", " hunter2 ")]
    [InlineData("\uFEFFhunter2\n", "hunter2")]
    [InlineData("pässwörd☂", "pässwörd☂")]
    public async Task Resolve_FileInAVariable_IsItsContentWithoutOneLineEnding(string content, string expected)
    {
        _program.With("BATON_PASSWORD_FILE", Write("p", content));

        var configuration = await _program.ResolveAsync();

        Assert.Equal(expected, configuration.GetString("password"));
        Assert.Equal(ValueSource.Environment, configuration.GetSource("password"));
        Assert.Equal(expected, configuration.GetSecret("password").Read());
        Assert.Contains(expected, configuration.Redactor.Secrets, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Resolve_FileAsFlagOrInTheConfigurationFile_IsReadFromTheWorkingDirectory()
    {
        Write("p", "by-flag\n");
        Write("q", "by-file\n");
        _program.WithFile("password-file: q\n");

        Assert.Equal("by-file", (await _program.ResolveAsync()).GetString("password"));
        Assert.Equal("by-flag", (await _program.ResolveAsync("--password-file", "p")).GetString("password"));
    }

    [Fact]
    public async Task Resolve_ClientSecretFile_GoesWithTheClientId()
    {
        _program.WithCredentials().With("BATON_CLIENT_ID", "a@b/c").With("BATON_CLIENT_SECRET_FILE", Write("s", "the-secret\n"));

        Assert.Equal("the-secret", (await _program.ResolveAsync()).GetString("client-secret"));
    }

    [Fact]
    public async Task Resolve_TokenFileAlone_SelectsTheGroupOfTheToken()
    {
        using var program = new SampleProgram().With("BATON_HOSTNAME", "https://g").With("BATON_API_TOKEN_FILE", Write("t", "glsa_1"));

        Assert.Equal(SampleProgram.ApiKey, (await program.ResolveAsync()).Group!.Name);
    }

    [Fact]
    public async Task Resolve_TokenFileThatIsGone_StillSelectsTheGroupOfTheToken()
    {
        using var program = new SampleProgram().With("BATON_HOSTNAME", "https://g").With("BATON_API_TOKEN_FILE", "/nosuch/token");

        Assert.Equal(["api-token-file: the file /nosuch/token does not exist"], await program.ProblemsAsync());
    }

    [Fact]
    public async Task Resolve_FileOfAGroupThatIsNotInUse_IsNotMissed()
    {
        _program.WithCredentials().With("BATON_API_TOKEN_FILE", "/nosuch/token").With("BATON_AUTH_METHOD", SampleProgram.Basic);

        Assert.Equal(SampleProgram.Basic, (await _program.ResolveAsync()).Group!.Name);
    }

    [Theory]
    [InlineData("flag", "environment", "value")]
    [InlineData("environment", "flag", "file")]
    [InlineData("environment", "yaml", "value")]
    [InlineData("yaml", "environment", "file")]
    [InlineData("flag", "yaml", "value")]
    [InlineData("yaml", "flag", "file")]
    public async Task Resolve_ValueAndFileInTwoPlaces_StrongerWins(string value, string file, string expected)
    {
        Write("p", "of-the-file");
        var yaml = (value == "yaml" ? "password: of-the-value\n" : "") + (file == "yaml" ? "password-file: p\n" : "");
        _program.WithFile(yaml)
            .With("BATON_PASSWORD", value == "environment" ? "of-the-value" : "")
            .With("BATON_PASSWORD_FILE", file == "environment" ? "p" : "");
        string[] words = value == "flag" ? ["--password", "of-the-value"] : file == "flag" ? ["--password-file", "p"] : [];

        Assert.Equal($"of-the-{expected}", (await _program.ResolveAsync(words)).GetString("password"));
    }

    [Theory]
    [InlineData("flag", "password and password-file are both given as flags: leave one of them out")]
    [InlineData("environment", "password and password-file are both given by the environment (BATON_PASSWORD, BATON_PASSWORD_FILE): leave one of them out")]
    [InlineData("yaml", "password and password-file are both given by the configuration file: leave one of them out")]
    public async Task Resolve_ValueAndFileInOnePlace_IsOneProblem(string place, string problem)
    {
        Write("p", "x");
        if (place == "environment")
        {
            _program.With("BATON_PASSWORD", "y").With("BATON_PASSWORD_FILE", "p");
        }
        else if (place == "yaml")
        {
            _program.WithFile("password: y\npassword-file: p\n");
        }

        Assert.Equal([problem], await _program.ProblemsAsync(place == "flag" ? ["--password", "y", "--password-file", "p"] : []));
    }

    public static TheoryData<string, byte[], string> BadContents() => new()
    {
        { "empty", [], "is empty" },
        { "a line break alone", "\n"u8.ToArray(), "is empty" },
        { "UTF-16", Encoding.Unicode.GetBytes("hunter2"), "holds binary data instead of text in UTF-8" },
        { "Latin-1", [0x70, 0xE4, 0x73, 0x73], "holds binary data instead of text in UTF-8" },
        { "too much", new byte[(64 * 1024) + 1], "is larger than 64 KiB, which no secret is" },
    };

    [Theory]
    [MemberData(nameof(BadContents))]
    public async Task Resolve_FileWithoutASecret_IsOneProblem(string what, byte[] content, string why)
    {
        var path = Path.Combine(Folder, what);
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        _program.With("BATON_PASSWORD_FILE", path);

        Assert.Equal([$"password-file: the file {path} {why}"], await _program.ProblemsAsync());
    }

    [Fact]
    public async Task Resolve_LargestFile_IsTaken()
    {
        _program.With("BATON_PASSWORD_FILE", Write("p", new string('x', 64 * 1024)));

        Assert.Equal(64 * 1024, (await _program.ResolveAsync()).GetString("password").Length);
    }

    [Fact]
    public async Task Resolve_FolderOrNothing_IsOneProblem()
    {
        Assert.Equal([$"password-file: the file {Folder} is a folder; name the file in it"], await _program.With("BATON_PASSWORD_FILE", Folder).ProblemsAsync());
        Assert.Equal(["password-file: the file /nosuch/p does not exist"], await _program.With("BATON_PASSWORD_FILE", "/nosuch/p").ProblemsAsync());
    }

    [Fact]
    public async Task Read_ForCommandsWithoutCredentials_LeavesFilesAlone()
    {
        _program.With("BATON_PASSWORD_FILE", "/nosuch/p");

        Assert.Equal("", (await _program.ReadAsync()).GetString("password"));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    public async Task Resolve_FileThatOthersMayRead_IsNoticed(UnixFileMode mode, bool isPublic)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such permissions there");
        var path = Write("p", "hunter2", mode);
        _program.With("BATON_PASSWORD_FILE", path);

        var configuration = await _program.ResolveAsync();

        Assert.Equal(isPublic ? [("password-file", path)] : Array.Empty<(string, string)>(), configuration.PublicSecretFiles);
    }

    [Fact]
    public async Task Read_MountSwapped_IsTheNewSecretAndRedacted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mv -T");

        // As the kubelet does it: a link to a folder is replaced by one to another folder.
        Directory.CreateDirectory(Path.Combine(Folder, "v1"));
        Directory.CreateDirectory(Path.Combine(Folder, "v2"));
        Write("v1/password", "first-secret");
        Write("v2/password", "second-secret");
        File.CreateSymbolicLink(Path.Combine(Folder, "..data"), "v1");
        File.CreateSymbolicLink(Path.Combine(Folder, "password"), "..data/password");
        _program.With("BATON_PASSWORD_FILE", Path.Combine(Folder, "password"));
        var configuration = await _program.ResolveAsync();
        var (secret, before) = (configuration.GetSecret("password"), configuration.RefreshSecrets());
        var redactor = configuration.Redactor;
        var notices = new List<SecretNotice>();
        configuration.ObserveSecrets(notices.Add);
        Assert.Equal("REDACTED second-secret", redactor.Redact("first-secret second-secret"));

        File.CreateSymbolicLink(Path.Combine(Folder, "..tmp"), "v2");
        await RunAsync("mv", "-T", Path.Combine(Folder, "..tmp"), Path.Combine(Folder, "..data"));

        Assert.NotEqual(before, configuration.RefreshSecrets());
        Assert.Equal("second-secret", secret.Read());
        Assert.Equal("REDACTED REDACTED", redactor.Redact("first-secret second-secret"));
        Assert.Equal("second-secret", Assert.Single(notices).Replacement);
        Assert.DoesNotContain("second", notices[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileGoneOrEmptyForAWhile_KeepsTheLastAndSaysSoOnce()
    {
        var path = Write("p", "first");
        _program.With("BATON_PASSWORD_FILE", path);
        var configuration = await _program.ResolveAsync();
        var secret = configuration.GetSecret("password");
        var notices = new List<string?>();
        configuration.ObserveSecrets(notice => notices.Add(notice.Problem));

        File.Delete(path);
        Assert.Equal(("first", "first"), (secret.Read(), secret.Read()));
        Write("p", "");
        Assert.Equal("first", secret.Read());
        Write("p", "second");
        Assert.Equal("second", secret.Read());

        Assert.Equal([$"password-file: the file {path} does not exist", $"password-file: the file {path} is empty", null], notices);
    }

    [Fact]
    public async Task Read_Pipe_IsReadOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        var path = Path.Combine(Folder, "pipe");
        await RunAsync("mkfifo", path);

        _program.With("BATON_PASSWORD_FILE", path);
        var writing = Task.Run(() => File.WriteAllText(path, "from-a-pipe\n"), TestContext.Current.CancellationToken);
        var configuration = await _program.ResolveAsync();
        await writing;

        // A second look would wait for somebody to write again, for ever.
        Assert.Equal("from-a-pipe", configuration.GetSecret("password").Read());
    }

    [Fact]
    public void GetSecret_GivenAsAValue_StaysTheSame()
        => Assert.Equal("x", ConfiguredSecret.Fixed("x").Read());

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private string Write(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }
}
