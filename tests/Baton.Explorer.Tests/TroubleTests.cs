using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>What somebody sees when the program behind the page does not answer, and how they get on from there.</summary>
public sealed class TroubleTests(BrowserFixture browser)
{
    [Fact]
    public async Task List_ServerComesBack_IsThereAfterAnotherTry()
    {
        await using var window = await browser.OpenAsync("#/accounts");
        var page = window.Page;
        await page.RouteAsync("**/api/**", route => route.AbortAsync("connectionrefused"));

        await page.Locator("[data-flag=DISABLED_WITH_ACCESS]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is “baton explorer” still running");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "CSV" })).ToHaveCountAsync(0);
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(window.Rows).ToHaveCountAsync(2);
        window.Forgive(); // The browser itself reports the connection that failed.
    }

    [Fact]
    public async Task View_ServerComesBack_IsThereAfterAnotherTry()
    {
        await using var window = await browser.OpenAsync("#/accounts");
        var page = window.Page;
        await page.RouteAsync("**/api/**", route => route.AbortAsync("connectionrefused"));

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Carol Disabled" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("That did not work");
        await Expect(window.Heading).ToBeFocusedAsync();
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(window.Heading).ToHaveTextAsync("Carol Disabled");
        window.Forgive();
    }

    [Fact]
    public async Task Page_ServerComesBackAfterItWasOpened_IsThereAfterAnotherTry()
    {
        await using var window = await browser.OpenAsync("#/accounts");
        var page = window.Page;
        await page.RouteAsync("**/api/**", route => route.AbortAsync("connectionrefused"));
        await page.ReloadAsync();
        await Expect(window.Heading).ToHaveTextAsync("That did not work");

        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(window.Heading).ToHaveTextAsync("Accounts");
        await Expect(window.Rows).ToHaveCountAsync(10);
        window.Forgive();
    }

    [Fact]
    public async Task Page_OfAnEarlierStart_SaysWhatToOpen()
    {
        await using var window = await browser.OpenAsync("#/accounts");
        var page = window.Page;
        await page.RouteAsync("**/api/**", route => route.FulfillAsync(new() { Status = 403, ContentType = "text/plain", Body = "no" }));

        await page.Locator("[data-flag=DISABLED_WITH_ACCESS]").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Open the address that it printed last");
        window.Forgive();
    }

    [Fact]
    public async Task Search_ServerEnded_SaysSo()
    {
        await using var window = await browser.OpenAsync();
        var page = window.Page;
        await page.RouteAsync("**/api/**", route => route.AbortAsync("connectionrefused"));

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search" }).FillAsync("ada");

        await Expect(page.Locator("#search-list")).ToContainTextAsync("does not answer");
        window.Forgive();
    }

    [Theory]
    [InlineData("#/nowhere")]
    [InlineData("#/constructor")]
    [InlineData("#/__proto__")]
    public async Task Address_OfNoView_SaysSo(string view)
    {
        await using var window = await browser.OpenAsync(view);

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no such view.");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the overview" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Who has access");
    }
}
