using System.Globalization;
using System.Text;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting;
using Grpc.Core;

namespace Baton.Grafana.Tests;

/// <summary>
/// Whatever is on the command line, in the environment and in the configuration file: the answer is words, never a stack trace, and no
/// secret is in it, not even where the target system repeats what it was sent.
/// </summary>
public sealed class ConfigurationFuzzTests
{
    public static TheoryData<int> Seeds()
    {
        var first = Number("BATON_TEST_SEED", 1);
        return [.. Enumerable.Range(first, Number("BATON_TEST_SEEDS", 20))];
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RunAsync_AnyConfiguration_IsAnsweredInWordsAndWithoutSecrets(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
        {
            var configuration = RandomConfiguration.Make(random, folder.Path);

            var (exitCode, shown) = await RunAsync(configuration, folder.Path);

            Assert.False(
                shown.Contains("unexpected failure", StringComparison.Ordinal) || shown.Contains("   at Baton.", StringComparison.Ordinal),
                $"seed {seed}, round {round}: a stack trace\n{configuration}\n{shown}");
            Assert.True(exitCode is >= 0 and < 20, $"seed {seed}, round {round}: exit code {exitCode}");
            foreach (var secret in configuration.Secrets)
            {
                Assert.False(shown.Contains(secret, StringComparison.Ordinal), $"seed {seed}, round {round}: {secret} is shown\n{configuration}\n{shown}");
            }
        }
    }

    private static async Task<(int ExitCode, string Shown)> RunAsync(RandomConfiguration configuration, string folder)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await ConnectorHost.RunAsync(
            GrafanaProgram.Definition with { Create = (settings, _) => throw Echo(settings) },
            configuration.Words,
            new ProcessEnvironment
            {
                Variables = name => configuration.Variables.GetValueOrDefault(name),
                WorkingDirectory = folder,
                Output = output,
                Error = error,
                ErrorIsTerminal = configuration.OnATerminal,
                OutputIsTerminal = configuration.OnATerminal,
            },
            TestContext.Current.CancellationToken);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()) + Encoding.UTF8.GetString(error.ToArray()));
    }

    // A server, or a gateway before it, that repeats everything it was sent, in every form that it was sent in.
    private static ConnectorException Echo(Baton.Configuration.ResolvedConfiguration settings)
    {
        var (user, password, token) = (settings.GetString("username"), settings.GetString("password"), settings.GetString("api-token"));
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return new(
            StatusCode.Internal,
            $"500: you sent Authorization: Basic {header} or Bearer {token} ({user}:{password}) to {settings.GetString("hostname")}/{Uri.EscapeDataString(token)}?password={Uri.EscapeDataString(password)}, {settings.GetString("client-secret")}");
    }

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("baton-fuzz-");

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
