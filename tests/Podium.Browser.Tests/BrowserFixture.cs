using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Podium.Browser.Tests.BrowserFixture))]

namespace Podium.Browser.Tests;

/// <summary>One browser, and one server with a believable company in it, for the tests that only look. Without a browser they are skipped.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const float Patience = 30_000;

    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/usr/bin/microsoft-edge"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Company? _company;

    internal Company Company => _company!;

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
        _company = await Company.FoundAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_company is not null)
        {
            await _company.DisposeAsync();
        }
    }

    /// <summary>For a test that starts a server of its own, and would leave it running.</summary>
    public void SkipWithoutBrowser()
        => Assert.SkipWhen(_browser is null, "There is no browser: eng/install-prerequisites installs one, and BATON_TEST_BROWSER names another.");

    /// <summary>A window of its own, signed in as <paramref name="who"/>; nobody without.</summary>
    internal async Task<Window> OpenAsync(string path, Who? who = null, WindowOptions? options = null, Company? company = null)
    {
        SkipWithoutBrowser();
        options ??= new();
        var server = (company ?? Company).Server;
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = server.Server.Address(Hosting.Listener.Public).ToString(),
            ViewportSize = new() { Width = options.Width, Height = 900 },
            ColorScheme = options.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = options.HasScripts,
            TimezoneId = "Europe/Berlin",
            // The server's own authority is not this browser's.
            IgnoreHTTPSErrors = true,
        });
        context.SetDefaultTimeout(Patience);
        if (who is not null)
        {
            await context.AddCookiesAsync([await (company ?? Company).CookieAsync(who.Value)]);
        }

        var window = new Window(context, await context.NewPageAsync(), server.Server.Address(Hosting.Listener.Public).GetLeftPart(UriPartial.Authority));
        await window.Page.GotoAsync(path);
        return window;
    }
}

internal sealed record WindowOptions
{
    public int Width { get; init; } = 1280;

    public bool IsDark { get; init; }

    public bool HasScripts { get; init; } = true;
}
