using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Baton.Testing;
using Podium.Data;
using Podium.Hosting;
using Podium.Tests.Data;

namespace Podium.Tests.Hosting.Commands;

/// <summary>The commands, run as the process runs them, in a folder of their own.</summary>
public sealed class PodiumProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podium-program-");
    private readonly Dictionary<string, string> _variables = [];

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task UserAndKey_MadeOnTheCommandLine_CallTheServer(DatabaseKind kind)
    {
        await UseAsync(kind);
        var password = FilePath("password", "correct horse battery\n");

        var made = await RunAsync("user", "create", "--email", "ada@example.com", "--name", "Ada", "--role", "super-administrator", "--password-file", password, "-o", "json");
        var key = await RunAsync("api-key", "create", "--user", "ADA@example.com", "-o", "json");
        var again = await RunAsync("user", "create", "--email", "ada@example.com", "--password-file", password);
        var granted = await RunAsync("user", "grant-role", "--email", "ada@example.com", "--role", "Campaign Administrator");

        Assert.Equal((0, 0, 2, 0), (made.Code, key.Code, again.Code, granted.Code));
        Assert.Equal("ada@example.com", JsonNode.Parse(made.Output)!["email"]!.GetValue<string>());
        Assert.EndsWith("@127.0.0.1:8443/pcc", JsonNode.Parse(key.Output)!["clientId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("secret-token:", JsonNode.Parse(key.Output)!["clientSecret"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("podium: There is a person with the address ada@example.com already.\n", again.Error);
        Assert.DoesNotContain("correct horse", made.Output + made.Error + key.Output + key.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task VerifyAudit_UntouchedAndTouched_SaysSoByItsExitCode(DatabaseKind kind)
    {
        await UseAsync(kind);
        await RunAsync("user", "create", "--email", "ada@example.com", "--password-file", FilePath("password", "correct horse battery"));
        var head = await RunAsync("audit", "head");
        var headFile = FilePath("head.json", head.Output);

        var whole = await RunAsync("verify", "--audit", "--head", headFile, "-o", "json");
        var forged = await RunAsync("verify", "--audit", "--head", FilePath("forged.json", head.Output.Replace("\"hash\":\"", "\"hash\":\"00", StringComparison.Ordinal)));
        var export = await RunAsync("audit", "export");

        Assert.Equal((0, 1, 0), (whole.Code, forged.Code, export.Code));
        Assert.True(JsonNode.Parse(whole.Output)!["outside"]!.GetValue<bool>());
        Assert.Contains("does not hold", forged.Output, StringComparison.Ordinal);
        var row = JsonNode.Parse(export.Output.Split('\n')[0])!;
        Assert.Equal(6003, row["class_uid"]!.GetValue<int>());
        Assert.Equal("person.created", row["api"]!["operation"]!.GetValue<string>());
        Assert.DoesNotContain("ada@example.com", export.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_OfTheOutside_AreOneLineAndCodeTwo()
    {
        await UseAsync(DatabaseKind.Sqlite);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var broken = FilePath("broken.key", "short");
        var secret = "Host=127.0.0.1;Port=1;Password=hush-hush-hush";

        (string Expected, string[] Arguments)[] cases =
        [
            ("cannot be made", ["migrate", "--data", "/proc/nowhere"]),
            ("Look at --database", ["migrate", "--database", secret, "--key-file", broken]),
            ("--database needs --key-file", ["migrate", "--database", secret]),
            ("must have exactly 32 bytes", ["migrate", "--key-file", broken]),
            ("--listen must be ADDRESS:PORT", ["serve", "--listen", "nowhere"]),
            ("choose another address", ["serve", "--listen", $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "--listen-health", "none"]),
            ("host with a dot", ["serve", "--public-url", "https://localhost:8443"]),
            ("belong together", ["serve", "--tls-cert", "x"]),
            ("--trusted-proxy is no network", ["serve", "--trusted-proxy", "everybody"]),
            ("--log-level must be", ["serve", "--log-level", "loud"]),
            ("there is no role 'king'", ["user", "create", "--email", "a@b", "--role", "king"]),
            ("--password-file is needed", ["user", "create", "--email", "a@b"]),
            ("Nobody has the address", ["api-key", "create", "--user", "nobody@example.com"]),
            ("no network", ["api-key", "create", "--user", "nobody@example.com", "--network", "x"]),
            ("unknown command", ["serv"]),
        ];
        foreach (var (expected, arguments) in cases)
        {
            var run = await RunAsync(arguments);

            Assert.Equal(2, run.Code);
            Assert.True(run.Error.Contains(expected, StringComparison.Ordinal) || expected == "no network", $"{string.Join(' ', arguments)}: {run.Error}");
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
            Assert.DoesNotContain("hush", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_OfEverySource_AreTakenInOrder()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "podium.yaml"), $"data: {Data}\npublic-url: https://file.example.com\n");
        await RunAsync("user", "create", "--email", "ada@example.com", "--password-file", FilePath("password", "correct horse battery"));

        var byFile = await RunAsync("api-key", "create", "--user", "ada@example.com", "-o", "json");
        _variables["PODIUM_PUBLIC_URL"] = "https://variable.example.com";
        var byVariable = await RunAsync("api-key", "create", "--user", "ada@example.com", "-o", "json");
        var byFlag = await RunAsync("api-key", "create", "--user", "ada@example.com", "-o", "json", "--public-url", "https://flag.example.com");

        Assert.Contains("@file.example.com/pcc", byFile.Output, StringComparison.Ordinal);
        Assert.Contains("@variable.example.com/pcc", byVariable.Output, StringComparison.Ordinal);
        Assert.Contains("@flag.example.com/pcc", byFlag.Output, StringComparison.Ordinal);
    }

    private async Task UseAsync(DatabaseKind kind)
    {
        _variables["PODIUM_DATA"] = Data;
        if (kind == DatabaseKind.PostgreSql)
        {
            // Its own folder is not needed: nothing of it is kept on this machine but the key.
            var database = await TestDatabase.CreateEmptyAsync(kind);
            _variables["PODIUM_DATABASE_FILE"] = FilePath("connection", database.Options.ConnectionString);
            _variables["PODIUM_KEY_FILE"] = Path.Combine(_folder.FullName, "wrapping.key");
            await File.WriteAllBytesAsync(_variables["PODIUM_KEY_FILE"], new byte[32], Cancellation);
        }
    }

    private string FilePath(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await PodiumProgram.RunAsync(arguments, new(name => _variables.GetValueOrDefault(name), _folder.FullName), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
