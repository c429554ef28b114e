using System.Diagnostics;

namespace Baton.Deployment.Tests;

/// <summary>A program of the system. Where it is missing, what needs it is skipped; CI has all of them.</summary>
internal sealed class Tool(string name)
{
    private readonly string? _path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    public void SkipWithout() => Assert.SkipWhen(_path is null, $"There is no {name} on this machine: eng/install-prerequisites says what is needed.");

    /// <summary>What it printed on both streams, and how it ended.</summary>
    public async Task<(int ExitCode, string Output, string Error)> TryAsync(params IReadOnlyList<string> arguments)
    {
        SkipWithout();
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(_path!, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{_path} did not start");
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    public async Task<string> RunAsync(params IReadOnlyList<string> arguments)
    {
        var (exitCode, output, error) = await TryAsync(arguments);
        Assert.True(exitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}{error}");
        return output;
    }
}
