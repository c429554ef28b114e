using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>Names and files at the ends of what there can be.</summary>
public sealed class OddFileTests(BrowserFixture browser)
{
    private static readonly string[] Views =
    [
        "#/", "#/accounts", "#/resources", "#/resource/user/0", "#/resource/thing/4", "#/resource/thing/9", "#/resource/user/nobody", "#/graph/user/0",
        "#/graph/thing/4", "#/search?q=d", $"#/resource/plain/{OddFiles.LongWord}",
    ];

    [Theory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(380)]
    public async Task Names_OfAnyKind_StayInTheirPlaces(int width)
    {
        browser.SkipWithoutBrowser();
        await using var odd = await Explorer.StartAsync(OddFiles.Names());
        await using var window = await browser.OpenAsync("#/", odd.Address, new() { ViewportSize = new() { Width = width, Height = 900 } });
        var troubles = new List<string>();
        foreach (var view in Views)
        {
            await window.Page.GotoAsync("about:blank");
            await window.Page.GotoAsync(odd.Address + view);
            await Expect(window.Page.Locator("main[aria-busy=false]")).ToHaveCountAsync(1);
            await Expect(window.Heading).Not.ToHaveTextAsync("That did not work");
            troubles.AddRange(JsonSerializer.Deserialize<string[]>(await window.Page.EvaluateAsync<string>(MisplacedScript))!.Select(trouble => $"{view}: {trouble}"));
        }

        Assert.Empty(troubles);
    }

    [Fact]
    public async Task Name_OfBlanks_IsALinkThatCanBeSeen()
    {
        browser.SkipWithoutBrowser();
        await using var odd = await Explorer.StartAsync(OddFiles.Names());
        await using var window = await browser.OpenAsync("#/accounts", odd.Address);

        await window.Page.Locator("main tbody").GetByText("\\u0020", new() { Exact = true }).ClickAsync();

        await Expect(window.Heading).ToHaveTextAsync("\\u0020");
    }

    [Fact]
    public async Task File_WithoutAnything_SaysSoOnEveryView()
    {
        browser.SkipWithoutBrowser();
        await using var empty = await Explorer.StartAsync(OddFiles.Empty());
        await using var window = await browser.OpenAsync("#/", empty.Address);
        var page = window.Page;

        await Expect(page.Locator("main")).ToContainTextAsync("This sync has no grants");
        await Expect(page.Locator("main figure, main table")).ToHaveCountAsync(0);
        await page.GotoAsync(empty.Address + "#/accounts");
        await Expect(page.Locator("main")).ToContainTextAsync("This sync has no accounts here.");
        await page.GotoAsync(empty.Address + "#/resources?q=x");
        await Expect(page.Locator("main")).ToContainTextAsync("No resources match these filters.");
        await page.GotoAsync(empty.Address + "#/changes");
        await Expect(page.Locator("main")).ToContainTextAsync("There is only one sync here.");
        await page.GotoAsync(empty.Address + "#/search");
        await Expect(page.Locator("main")).ToContainTextAsync("Type what to look for");
    }

    // What makes the page scroll sideways, links without anything to see, and texts of the graph that leave their node.
    private const string MisplacedScript =
        """
        () => {
          const wide = document.documentElement.scrollWidth <= window.innerWidth ? [] : [`${document.documentElement.scrollWidth} pixels wide`];
          const blank = [...document.querySelectorAll("main a")].filter((link) => link.textContent.trim() === "").map((link) => `blank ${link.getAttribute("href")}`);
          const beyond = [...document.querySelectorAll(".node text")].filter((words) => {
            const box = words.closest(".node").querySelector("rect").getBoundingClientRect();
            return words.getBoundingClientRect().right > box.right + 1;
          }).map((words) => `beyond its node: ${words.textContent}`);
          return JSON.stringify([...wide, ...blank, ...beyond]);
        }
        """;
}
