using Microsoft.Playwright;

namespace Baton.Explorer.Tests;

/// <summary>A browser window that watches what must never happen: errors on the page, dialogs, and requests to elsewhere.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _troubles = [];

    internal Window(IBrowserContext context, IPage page, string origin)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(!request.Url.StartsWith(origin, StringComparison.Ordinal), $"request to {request.Url}");

        // It stays open, and holds up whatever comes after.
        page.Dialog += (_, dialog) => Note(true, $"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    public ILocator Heading => Page.Locator("h1");

    public ILocator Rows => Page.Locator("main .list tbody tr");

    /// <summary>The messages of the browser are not looked at: for a test in which something fails on purpose.</summary>
    public void Forgive()
    {
        lock (_troubles)
        {
            _troubles.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_troubles);
    }

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
