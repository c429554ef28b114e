using Baton.Cli.Tests.Explorer;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Baton.Explorer.Tests.BrowserFixture))]

namespace Baton.Explorer.Tests;

/// <summary>One browser, and one explorer of a file with something of everything, for all tests. Without a browser they are skipped.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const float Patience = 30_000;

    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/usr/bin/microsoft-edge"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Explorer? _explorer;

    public string Address => _explorer!.Address;

    public async ValueTask InitializeAsync()
    {
        if ((Environment.GetEnvironmentVariable("BATON_TEST_BROWSER") ?? Array.Find(Places, File.Exists)) is not { } path)
        {
            return;
        }

        // A loaded machine is slow, and not wrong.
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
                "--disable-component-update", "--disable-sync",
            ],
        });
        _explorer = await Explorer.StartAsync(ExplorerFiles.TwoSyncs());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_explorer is not null)
        {
            await _explorer.DisposeAsync();
        }
    }

    /// <summary>For a test that starts something before it opens a window, and would leave it running.</summary>
    public void SkipWithoutBrowser()
        => Assert.SkipWhen(_browser is null, "There is no browser: eng/install-prerequisites installs one, and BATON_TEST_BROWSER names another.");

    /// <summary>A window of its own, at a view of the explorer.</summary>
    public async Task<Window> OpenAsync(string view = "#/", string? address = null, BrowserNewContextOptions? options = null)
    {
        SkipWithoutBrowser();
        var context = await _browser!.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(Patience);
        var window = new Window(context, await context.NewPageAsync(), new Uri(address ?? Address).GetLeftPart(UriPartial.Authority));
        await window.Page.GotoAsync((address ?? Address) + view);
        await window.Page.Locator("h1").First.WaitForAsync();
        return window;
    }
}
