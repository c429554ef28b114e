using System.IO.Compression;
using System.Text.RegularExpressions;
using Baton.Cli.Tests.Explorer;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>Whoever works through a list keeps their place in it, and takes away what they see.</summary>
public sealed partial class ListTests(BrowserFixture browser)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pager_ByKeyboard_KeepsTheFocusAndGoesToTheTop()
    {
        await using var crowd = await Explorer.StartAsync(ExplorerFiles.Crowd(people: 230));
        await using var window = await browser.OpenAsync("#/accounts", crowd.Address);
        var page = window.Page;
        var pages = page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" });
        var next = pages.GetByRole(AriaRole.Link, new() { Name = "Next" });

        await next.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(pages).ToContainTextAsync("51–100 of 230");
        await Expect(next).ToBeFocusedAsync();
        await Expect(window.Rows.First).ToBeInViewportAsync();
        await Expect(page.Locator("#live")).ToHaveTextAsync("230 accounts, from 51 on");

        await page.Keyboard.PressAsync("p");
        await Expect(pages).ToContainTextAsync("1–50 of 230");
        await pages.GetByRole(AriaRole.Combobox).SelectOptionAsync("100");
        await Expect(pages).ToContainTextAsync("1–100 of 230");
        await Expect(pages.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Back_ToALongList_IsWhereItWasLeft()
    {
        await using var crowd = await Explorer.StartAsync(ExplorerFiles.Crowd(people: 60));
        await using var window = await browser.OpenAsync("#/accounts", crowd.Address);
        var page = window.Page;
        var left = page.GetByRole(AriaRole.Link, new() { Name = "Person 00045" });

        await left.ScrollIntoViewIfNeededAsync();
        await left.ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Person 00045");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.scrollY"));
        await page.GoBackAsync();

        await Expect(left).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Changes_Kind_PressedByKeyboard_KeepsTheFocus()
    {
        await using var window = await browser.OpenAsync("#/changes");
        var kind = window.Page.GetByRole(AriaRole.Button, new() { Name = "Account disabled 1" });

        await kind.PressAsync("Enter");
        await Expect(kind).ToHaveAttributeAsync("aria-pressed", "true");

        await Expect(kind).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Changes_OfASyncWithItself_SayThatNothingIsDifferent()
    {
        await using var window = await browser.OpenAsync("#/changes");
        var choosers = window.Page.Locator(".choosers select");

        await choosers.First.SelectOptionAsync(await choosers.Last.InputValueAsync());

        await Expect(window.Page.Locator(".list")).ToContainTextAsync("Nothing is different between these two syncs.");
    }

    [Fact]
    public async Task Export_Excel_HoldsWhatIsShownAndNothingThatRuns()
    {
        await using var window = await browser.OpenAsync("#/accounts?q=formula");
        await Expect(window.Rows).ToHaveCountAsync(1);

        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.GetByRole(AriaRole.Link, new() { Name = "Excel" }).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        await using var workbook = new ZipArchive(copy);
        using var reader = new StreamReader(await workbook.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Cancellation));
        var sheet = await reader.ReadToEndAsync(Cancellation);

        Assert.Equal("accounts.xlsx", download.SuggestedFilename);
        Assert.Equal(2, Row().Count(sheet));
        Assert.DoesNotContain("<f>", sheet);
        Assert.Contains("=HYPERLINK(", sheet);

        // Its one grant is a number, not a text that looks like one.
        Assert.Matches(NumberOfGrants(), sheet);
    }

    [Fact]
    public async Task View_ThatTakesLong_ShowsThatItIsUnderWay()
    {
        await using var window = await browser.OpenAsync();
        var page = window.Page;
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/api/changes*", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });

        await page.GetByRole(AriaRole.Link, new() { Name = "Changes" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveClassAsync("busy");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Locator("#live")).ToHaveTextAsync("Still loading…");
        answer.SetResult();

        await Expect(window.Heading).ToHaveTextAsync("Changes");
        await Expect(page.Locator("main")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(page.Locator("html")).Not.ToHaveClassAsync("busy");
    }

    [GeneratedRegex("<row ")]
    private static partial Regex Row();

    [GeneratedRegex("""<c r="J2" s="0"><v>1</v></c>""")]
    private static partial Regex NumberOfGrants();
}
