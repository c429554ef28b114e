using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>By keyboard alone, in the dark, on a small screen, and by who hears the page.</summary>
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private const string White = "rgb(255, 255, 255)";

    [Fact]
    public async Task Keyboard_Alone_GetsFromTheSkipLinkToAnAccount()
    {
        await using var window = await browser.OpenAsync("#/accounts?q=lovelace");
        var (page, keys) = (window.Page, window.Page.Keyboard);
        await Expect(window.Rows).ToHaveCountAsync(1);

        await keys.PressAsync("Tab");
        await Expect(page.Locator("#skip")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        for (var presses = 0; presses < 60 && await Focused(page) != "Ada Lovelace"; presses++)
        {
            await keys.PressAsync("Tab");
        }

        await keys.PressAsync("Enter");
        await Expect(window.Heading).ToHaveTextAsync("Ada Lovelace");
        await Expect(window.Heading).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keyboard_Shortcuts_GoToViewsAndCanBeSwitchedOff()
    {
        await using var window = await browser.OpenAsync();
        var (page, keys) = (window.Page, window.Page.Keyboard);

        await keys.PressAsync("g");
        await keys.PressAsync("a");
        await Expect(window.Heading).ToHaveTextAsync("Accounts");
        await keys.PressAsync("/");
        await Expect(page.Locator("#search-input")).ToBeFocusedAsync();
        await page.Locator("#search-input").BlurAsync();

        await keys.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.GetByLabel("Single-key shortcuts").UncheckAsync();
        await keys.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await keys.PressAsync("/");
        await Expect(page.Locator("#search-input")).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keyboard_Arrows_MoveThroughTheGraph()
    {
        await using var window = await browser.OpenAsync("#/graph/user/2");
        var (page, keys) = (window.Page, window.Page.Keyboard);

        await page.Locator(".node.center").FocusAsync();
        await keys.PressAsync("ArrowRight");
        await Expect(page.Locator(".node.role:focus")).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowRight");
        await Expect(page.Locator(".node.resource:focus")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".node.center")).Not.ToContainTextAsync("user:2");
    }

    [Fact]
    public async Task Theme_FollowsTheSystem_UntilItIsChosen()
    {
        await using var window = await browser.OpenAsync("#/", options: new() { ColorScheme = ColorScheme.Dark });
        var top = window.Page.Locator(".top");
        await Expect(top).Not.ToHaveCSSAsync("background-color", White);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Switch to light" }).ClickAsync();
        await Expect(top).ToHaveCSSAsync("background-color", White);
        await window.Page.ReloadAsync();

        await Expect(top).ToHaveCSSAsync("background-color", White);
    }

    [Theory]
    [InlineData(ColorScheme.Light, "#/")]
    [InlineData(ColorScheme.Dark, "#/")]
    [InlineData(ColorScheme.Light, "#/accounts?flag=DISABLED_WITH_ACCESS")]
    [InlineData(ColorScheme.Dark, "#/accounts?flag=DISABLED_WITH_ACCESS")]
    [InlineData(ColorScheme.Light, "#/graph/org/1")]
    [InlineData(ColorScheme.Dark, "#/graph/org/1")]
    [InlineData(ColorScheme.Light, "#/resource/org/1")]
    [InlineData(ColorScheme.Dark, "#/changes")]
    public async Task Contrast_OfEveryText_IsEnough(ColorScheme scheme, string view)
    {
        await using var window = await browser.OpenAsync(view, options: new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 } });

        var weak = await window.Page.EvaluateAsync<string[]>(ContrastScript);

        Assert.Empty(weak);
    }

    [Theory]
    [InlineData("#/")]
    [InlineData("#/accounts")]
    [InlineData("#/resources")]
    [InlineData("#/resource/org/1")]
    [InlineData("#/graph/org/1")]
    [InlineData("#/changes")]
    [InlineData("#/search?q=a")]
    public async Task View_Any_HasOneHeadingAndNamesForEverything(string view)
    {
        await using var window = await browser.OpenAsync(view);

        var nameless = await window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("a[href], button, input, select, table, nav, section.list")]
              .filter((element) => !(element.getAttribute("aria-label") || element.textContent.trim() || element.labels?.length || element.getAttribute("title")))
              .map((element) => element.outerHTML.slice(0, 120))
            """);
        var ids = await window.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[id]')].map((element) => element.id)");

        Assert.Empty(nameless);
        Assert.Equal(ids.Distinct(), ids);
        await Expect(window.Heading).ToHaveCountAsync(1);
        await Expect(window.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("· Baton explorer$"));
    }

    [Theory]
    [InlineData("#/")]
    [InlineData("#/accounts")]
    [InlineData("#/resource/org/1")]
    [InlineData("#/graph/org/1")]
    public async Task Screen_Narrow_IsNotScrolledSideways(string view)
    {
        await using var window = await browser.OpenAsync(view, options: new() { ViewportSize = new() { Width = 375, Height = 700 } });

        // What a frame scrolls or cuts is in its place.
        var beyond = await window.Page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll("body *")]
              .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
              .filter((element) => ![".table-frame", ".graph-frame", ".side"].some((frame) => element.parentElement.closest(frame)))
              .map((element) => `${element.tagName} ${element.getAttribute("class")}`)
            """);

        Assert.Empty(beyond);
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.textContent");

    // WCAG 2: 4.5 to 1, or 3 to 1 for large text. What is disabled is exempt.
    internal const string ContrastScript =
        """
        () => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const parse = (color) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return { r, g, b, a: a / 255 };
          };
          const over = (top, bottom) => ({ r: top.r * top.a + bottom.r * (1 - top.a), g: top.g * top.a + bottom.g * (1 - top.a), b: top.b * top.a + bottom.b * (1 - top.a), a: 1 });
          const light = ({ r, g, b }) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = (element) => {
            const layers = [];
            for (let each = element; each; each = each.parentElement) {
              layers.push(parse(getComputedStyle(each).backgroundColor));
            }
            return layers.reverse().reduce((under, layer) => over(layer, under), { r: 255, g: 255, b: 255, a: 1 });
          };
          const weak = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const style = getComputedStyle(element);
            const box = element.getBoundingClientRect();
            if (!walker.currentNode.data.trim() || box.width < 2 || style.visibility === "hidden" || element.closest("[aria-disabled=true], :disabled, .unseen, .skip, option, noscript, title")) {
              continue;
            }
            const isSvg = element instanceof SVGElement;
            const shape = isSvg && element.closest(".node")?.querySelector("rect");
            let under = ground(element.closest("svg")?.parentElement ?? element);
            if (shape && getComputedStyle(shape).fill !== "none") {
              under = over(parse(getComputedStyle(shape).fill), under);
            }
            if (!isSvg) {
              under = ground(element);
            }
            const ink = over(parse(isSvg ? style.fill : style.color), under);
            const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            if (ratio < (large ? 3 : 4.5)) {
              weak.push(`${ratio.toFixed(2)} ${element.className?.baseVal ?? element.className} "${walker.currentNode.data.trim().slice(0, 40)}"`);
            }
          }
          return [...new Set(weak)];
        }
        """;
}
