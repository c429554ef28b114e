using System.Diagnostics;
using Baton.Evidence.Tests.Files;
using Microsoft.Playwright;

namespace Baton.Explorer.Tests;

/// <summary>The evidence pages of a file, written by the built executable and opened from disk, as an auditor does.</summary>
internal sealed class Paper : IDisposable
{
    // A4 less the margins of the page, in CSS pixels.
    private const int LandscapeWidth = (297 - 20) * 96 * 10 / 254;
    private const int PortraitWidth = (210 - 20) * 96 * 10 / 254;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFile _file;

    /// <param name="file">Becomes the paper's.</param>
    public Paper(TemporaryFile file) => _file = file;

    public static int WidthOf(string orientation) => orientation == "portrait" ? PortraitWidth : LandscapeWidth;

    /// <returns>The path of the page.</returns>
    public async Task<string> ReviewAsync()
    {
        var path = PathOf("review.html");
        await BatonAsync("review", "-f", _file.Path, "--since-sync", await EarlierSyncAsync(), "--domains", "example.com", "--system", $"Prod {new string('S', 160)}", "--out", path);
        return path;
    }

    /// <returns>The path of the page.</returns>
    public async Task<string> DiffAsync()
    {
        var path = PathOf("diff.html");
        await File.WriteAllTextAsync(path, await BatonAsync("diff", "-f", _file.Path, "-o", "html"), TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>The page with another direction of its paper.</summary>
    public static async Task TurnAsync(string path, string orientation)
    {
        var html = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, html.Replace("A4 landscape", $"A4 {orientation}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    public static Task<byte[]> PrintAsync(IPage page) => page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = false });

    public void Dispose()
    {
        _folder.Dispose();
        _file.Dispose();
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private async Task<string> EarlierSyncAsync()
    {
        var syncs = System.Text.Json.Nodes.JsonNode.Parse(await BatonAsync("syncs", "-f", _file.Path, "-o", "json"))!["syncs"]!.AsArray();
        return syncs.Select(sync => (string)sync!["id"]!).Order(StringComparer.Ordinal).First();
    }

    private static async Task<string> BatonAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Explorer.Executable(), .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
