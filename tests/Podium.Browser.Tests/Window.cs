using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Podium.Browser.Tests;

/// <summary>A browser window that watches what must never happen: errors on the page, dialogs, and requests to elsewhere.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _troubles = [];

    internal Window(IBrowserContext context, IPage page, string origin)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error" && !IsOfAStatus(message.Text), $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith(origin, StringComparison.Ordinal), $"request to {request.Url}");

        // It stays open, and holds up whatever comes after.
        page.Dialog += (_, dialog) => Note(true, $"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public ILocator Heading => Page.Locator("h1");

    public ILocator Rows => Page.Locator("main .list tbody tr");

    public ILocator Chip => Page.Locator("#chip .state");

    public async Task ExpectNoFindingsAsync(string where)
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.True(
            result.Violations.Length == 0,
            $"{where}:\n" + string.Join('\n', result.Violations.Select(found => $"{found.Id}: {found.Help}\n  " + string.Join("\n  ", found.Nodes.Select(node => $"{node.Html} ({string.Join(' ', node.Any.Select(check => check.Message))})")))));
    }

    /// <summary>The page itself must not scroll sideways; a table in a frame of its own may.</summary>
    public async Task ExpectNoSidewaysScrollAsync(string where)
    {
        var wide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, string.Create(CultureInfo.InvariantCulture, $"{where}: {wide} px too wide"));
    }

    /// <summary>To look at, when PODIUM_SCREENSHOTS names a folder.</summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("PODIUM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_troubles);
    }

    // The browser calls each answer of 400 and above an error; that a page has one is for its test to say.
    private static bool IsOfAStatus(string text) => text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal);

    private void Note(bool isTrouble, string what)
    {
        if (isTrouble)
        {
            lock (_troubles)
            {
                _troubles.Add(what);
            }
        }
    }
}
