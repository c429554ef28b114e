using System.Diagnostics;
using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Explorer.Tests;

/// <summary>The explorer as a process of its own, as a user starts it.</summary>
internal sealed class Explorer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TemporaryFile _file;

    private Explorer(Process process, TemporaryFile file, string address)
    {
        _process = process;
        _file = file;
        Address = address;
    }

    public string Address { get; }

    /// <param name="file">Becomes the explorer's.</param>
    public static async Task<Explorer> StartAsync(TemporaryFile file)
    {
        var start = new ProcessStartInfo("dotnet", [Executable(), "explorer", "-f", file.Path, "-o", "json", "--domains", "example.com", "--no-open"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new(process, file, (string)JsonNode.Parse(line!)!["url"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _file.Dispose();
    }

    // The build puts every project's output beside the others', in a folder a configuration.
    public static string Executable()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Baton.Cli", configuration, "baton.dll"));
    }
}
