using System.Diagnostics;
using System.Text.RegularExpressions;
using Baton.Cli.Tests.Review;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>The pages that auditors get, opened from disk and put on paper. What they hold is as long and as strange as it gets.</summary>
public sealed partial class EvidencePageTests(BrowserFixture browser) : IDisposable
{
    private const int Inch = 96;

    // Each line of each text, against its cell and against the paper.
    private const string CutScript =
        """
        () => {
          const paper = document.documentElement.clientWidth + 0.5;
          const cut = document.documentElement.scrollWidth > paper ? [`the page is ${document.documentElement.scrollWidth} wide, and the paper ${paper}`] : [];
          const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode;
            if (!text.data.trim() || text.parentElement.closest("#tools, script")) {
              continue;
            }
            const cell = text.parentElement.closest("td, th")?.getBoundingClientRect() ?? { left: 0, right: paper, top: -Infinity, bottom: Infinity };
            const range = document.createRange();
            range.selectNodeContents(text);
            const lines = [...range.getClientRects()];
            const isOut = (line) => line.left < cell.left - 0.5 || line.right > cell.right + 0.5 || line.top < cell.top - 1 || line.bottom > cell.bottom + 1 || line.right > paper;
            if (lines.length === 0 || lines.some(isOut) || getComputedStyle(text.parentElement).visibility !== "visible") {
              cut.push(text.data.slice(0, 60));
            }
          }
          return cut;
        }
        """;

    private readonly Paper _paper = new(PaperFiles.Make());

    [Theory]
    [InlineData("review", "landscape")]
    [InlineData("review", "portrait")]
    [InlineData("diff", "landscape")]
    [InlineData("diff", "portrait")]
    public async Task Paper_EitherWayUp_CutsNothing(string which, string orientation)
    {
        await using var window = await OpenAsync(which, orientation);
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Empty(await window.Page.EvaluateAsync<string[]>(CutScript));
    }

    [Theory]
    [InlineData("review", "landscape")]
    [InlineData("review", "portrait")]
    [InlineData("diff", "landscape")]
    public async Task Pdf_EitherWayUp_IsA4AndHoldsEveryText(string which, string orientation)
    {
        await using var window = await OpenAsync(which, orientation);

        var pdf = await Paper.PrintAsync(window.Page);

        var pages = PageSize().Matches(System.Text.Encoding.Latin1.GetString(pdf));
        Assert.NotEmpty(pages);
        Assert.All(pages, page =>
        {
            var (width, height) = (double.Parse(page.Groups[1].Value), double.Parse(page.Groups[2].Value));
            Assert.Equal(orientation == "portrait" ? (595, 842) : (842, 595), ((int)Math.Round(width), (int)Math.Round(height)));
        });

        if (await TextOfAsync(pdf) is not { } text)
        {
            return; // Without poppler's tool, the paper is measured in the other tests alone.
        }

        string[] expected = [PaperFiles.LongName, PaperFiles.LongEmail, PaperFiles.LongId, new string('W', 99), "new\\nlineand\\ttab", "\\u001b[31mred", "<script>alert(1)</script>", "=HYPERLINK(\"http://evil.example\",\"click\")"];
        Assert.All(which == "review" ? [.. expected, PaperFiles.LongLogin, PaperFiles.LongRole, PaperFiles.LongResource] : expected, value => Assert.Contains(value, text, StringComparison.Ordinal));
        Assert.Contains($"Page1of{pages.Count}", text, StringComparison.Ordinal);
        Assert.Contains($"Page{pages.Count}of{pages.Count}", text, StringComparison.Ordinal);

        // The header of the long list stands on every page of it.
        Assert.True(Regex.Count(text, which == "review" ? "Organization:MainOrg\\.org:1" : "AccountResourceWhatNote") > 2);
    }

    [Fact]
    public async Task Paper_Decisions_HaveRoomForAPen()
    {
        await using var window = await OpenAsync("review", "landscape");
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });

        var box = await window.Page.Locator(".list tbody td.by-hand").First.BoundingBoxAsync();

        Assert.True(box!.Width > 35 / 25.4 * Inch, $"{box.Width} px");
        Assert.True(box.Height > 12 / 25.4 * Inch, $"{box.Height} px");
    }

    [Theory]
    [InlineData("review")]
    [InlineData("diff")]
    public async Task Page_ScriptsOff_ShowsAllThatItHolds(string which)
    {
        await using var window = await OpenAsync(which, "landscape", scripts: false);

        var hidden = await window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("body *:not(script):not(#tools):not(#tools *)")].filter((element) => !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
              .map((element) => element.outerHTML.slice(0, 80))
            """);

        Assert.Empty(hidden);
        await Expect(window.Page.Locator("#tools")).ToBeHiddenAsync();
        await Expect(window.Page.Locator("main [role=button]")).ToHaveCountAsync(0);
        Assert.Contains("two  spaces", await window.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("review", ColorScheme.Light)]
    [InlineData("review", ColorScheme.Dark)]
    [InlineData("diff", ColorScheme.Light)]
    [InlineData("diff", ColorScheme.Dark)]
    public async Task Contrast_OnTheScreen_IsEnough(string which, ColorScheme scheme)
    {
        await using var window = await OpenAsync(which, "landscape");
        await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });

        Assert.Empty(await window.Page.EvaluateAsync<string[]>(AccessibilityTests.ContrastScript));
        Assert.Equal(scheme == ColorScheme.Light, await IsLightAsync(window.Page));
    }

    [Fact]
    public async Task Paper_OfADarkScreen_IsWhite()
    {
        await using var window = await OpenAsync("review", "landscape");
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        Assert.True(await IsLightAsync(window.Page));
        Assert.Empty(await window.Page.EvaluateAsync<string[]>(AccessibilityTests.ContrastScript));
    }

    [Fact]
    public async Task Search_ThenPrint_PutsEveryRowOnPaper()
    {
        await using var window = await OpenAsync("review", "landscape");
        var rows = window.Page.Locator(".list tbody tr:visible");
        var all = await rows.CountAsync();

        await window.Page.GetByLabel("Search the rows:").FillAsync("person.142");
        await Expect(rows).ToHaveCountAsync(2);
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(rows).ToHaveCountAsync(all);
        await Expect(window.Page.Locator("#tools")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Keyboard_Alone_SkipsAndSorts()
    {
        await using var window = await OpenAsync("review", "landscape");

        await window.Page.Keyboard.PressAsync("Tab");
        await Expect(window.Page.Locator(".skip")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Keyboard.PressAsync("Tab");
        await Expect(window.Page.GetByLabel("Search the rows:")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Tab");
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(window.Page.Locator(".list th[aria-sort=ascending]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Screen_Narrow_ScrollsTheRowsAlone()
    {
        await using var window = await OpenAsync("review", "landscape");
        await window.Page.SetViewportSizeAsync(400, 800);

        Assert.Equal("400", await window.Page.EvaluateAsync<string>("() => String(document.documentElement.scrollWidth)"));
        Assert.True((await window.Page.Locator(".list").First.BoundingBoxAsync())!.Width > 800);
    }

    public void Dispose() => _paper.Dispose();

    [GeneratedRegex(@"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]")]
    private static partial Regex PageSize();

    private static Task<bool> IsLightAsync(IPage page)
        => page.EvaluateAsync<bool>("() => getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'");

    private async Task<Window> OpenAsync(string which, string orientation, bool scripts = true)
    {
        browser.SkipWithoutBrowser();
        var path = which == "review" ? await _paper.ReviewAsync() : await _paper.DiffAsync();
        await Paper.TurnAsync(path, orientation);
        return await browser.OpenAsync("", new Uri(path).AbsoluteUri, new()
        {
            ViewportSize = new() { Width = Paper.WidthOf(orientation), Height = 700 },
            JavaScriptEnabled = scripts,
            Offline = true,
        });
    }

    // Without white space, since every line break may be one of the page's own; null when there is nothing to read a PDF with.
    private static async Task<string?> TextOfAsync(byte[] pdf)
    {
        if (!File.Exists("/usr/bin/pdftotext"))
        {
            return null;
        }

        using var folder = new Evidence.Tests.Files.TemporaryFolder();
        var (from, to) = (Path.Combine(folder.Path, "page.pdf"), Path.Combine(folder.Path, "page.txt"));
        await File.WriteAllBytesAsync(from, pdf, TestContext.Current.CancellationToken);
        using var process = Process.Start("/usr/bin/pdftotext", ["-raw", from, to]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return string.Concat((await File.ReadAllTextAsync(to, TestContext.Current.CancellationToken)).Where(character => !char.IsWhiteSpace(character)));
    }
}
