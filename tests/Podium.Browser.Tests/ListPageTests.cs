using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Podium.Browser.Tests;

/// <summary>What every list can do, at the accounts of an app; and that names stay names.</summary>
public sealed class ListPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Accounts_AllPages_ShowEachOnce()
    {
        await using var window = await browser.OpenAsync(await browser.Company.FillAsync("{app}/accounts"), Who.Ada);
        var page = window.Page;
        var seen = await page.Locator("tbody th a").AllInnerTextsAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Previous" })).ToBeVisibleAsync();
        var all = seen.Concat(await page.Locator("tbody th a").AllInnerTextsAsync()).ToList();

        Assert.Equal(74, all.Count);
        Assert.Equal(74, all.Distinct(StringComparer.Ordinal).Count());
        await page.GetByRole(AriaRole.Link, new() { Name = "Previous" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(seen.Count);
    }

    [Fact]
    public async Task Accounts_SearchAndFilter_StandInTheAddressAndCanBeTakenAway()
    {
        await using var window = await browser.OpenAsync(await browser.Company.FillAsync("{app}/accounts"), Who.Ada, new() { HasScripts = false });
        var page = window.Page;

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Name, login, e-mail or id" }).FillAsync("user.number.18");
        await page.Keyboard.PressAsync("Enter");
        await Expect(window.Rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Disabled", Exact = true }).ClickAsync();
        await Expect(window.Rows).ToHaveCountAsync(1);
        Assert.Contains("q=user.number.18", page.Url, StringComparison.Ordinal);
        Assert.Contains("status=disabled", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Clear", Exact = true }).ClickAsync();
        await Expect(page.Locator(".list-total")).ToHaveTextAsync("74 accounts");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    public async Task Accounts_Export_HoldsEveryRow(string format)
    {
        await using var window = await browser.OpenAsync("/", Who.Ada);
        var answer = await window.Context.APIRequest.GetAsync(await browser.Company.FillAsync("{app}/accounts") + "?format=" + format);

        var body = await answer.BodyAsync();

        Assert.Equal(200, answer.Status);
        Assert.Contains("attachment", answer.Headers["content-disposition"], StringComparison.Ordinal);
        var rows = format switch
        {
            "csv" => System.Text.Encoding.UTF8.GetString(body).Split('\n').Count(line => line.Contains("@example.com", StringComparison.Ordinal)),
            "json" => JsonDocument.Parse(body).RootElement.GetArrayLength(),
            _ => body[0] == 'P' && body[1] == 'K' ? 74 : 0,
        };
        Assert.True(rows >= 70, $"{rows} rows");
    }

    [Fact]
    public async Task Accounts_PageTokenOfAnotherFilter_IsRefusedOnAPage()
    {
        var path = await browser.Company.FillAsync("{app}/accounts");
        await using var window = await browser.OpenAsync(path + "?page=nonsense", Who.Ada);

        await Expect(window.Page.Locator(".badge").First).ToHaveTextAsync("400");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("begin with the first page");
    }

    [Fact]
    public async Task Accounts_HostileNames_AreReadAndNothingElse()
    {
        await using var window = await browser.OpenAsync(await browser.Company.FillAsync("{app}/accounts?q=script"), Who.Ada, new() { Width = 360 });
        var page = window.Page;

        await Expect(page.Locator("tbody th a").First).ToHaveTextAsync("<script>alert(1)</script>");
        await page.GotoAsync(await browser.Company.FillAsync("{app}/accounts?q=moc.elpmaxe"));
        await Expect(page.Locator("tbody th a").First).ToHaveTextAsync("⟨U+202E⟩moc.elpmaxe@ecila");
        await page.GotoAsync(await browser.Company.FillAsync("{app}/accounts?q=wwwwwwwwww"));
        await window.ShootAsync("app-accounts-long-360-light");
        await window.ExpectNoSidewaysScrollAsync("a name of 200 characters");
    }

    [Fact]
    public async Task Account_ItsGrantsAndItsEntitlement_LeadToEachOther()
    {
        await using var window = await browser.OpenAsync(await browser.Company.FillAsync("{app}/accounts?q=login1%40"), Who.Ada);
        var page = window.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "login1", Exact = true }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("login1");
        foreach (var (width, name) in new[] { (1280, "account-1280-light"), (360, "account-360-light") })
        {
            await page.SetViewportSizeAsync(width, 900);
            await window.ShootAsync(name);
            await window.ExpectNoFindingsAsync(name);
            await window.ExpectNoSidewaysScrollAsync(name);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Admin of org 1" }).First.ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Admin of org 1");
        foreach (var (width, name) in new[] { (360, "entitlement-360-light"), (1280, "entitlement-1280-light") })
        {
            await page.SetViewportSizeAsync(width, 900);
            await window.ShootAsync(name);
            await window.ExpectNoFindingsAsync(name);
            await window.ExpectNoSidewaysScrollAsync(name);
        }

        await Expect(window.Rows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Keyboard_SlashAndSkipLink_GoWhereTheySay()
    {
        await using var window = await browser.OpenAsync("/people", Who.Ada);
        var (page, keys) = (window.Page, window.Page.Keyboard);

        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await keys.PressAsync("/");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
        await keys.TypeAsync("linus");
        await keys.PressAsync("Enter");

        await Expect(window.Heading).ToHaveTextAsync("Search");
        await Expect(page.Locator("tbody")).ToContainTextAsync("Linus Torvalds");
    }

    [Fact]
    public async Task Theme_Chosen_StaysWithAndWithoutScripts()
    {
        foreach (var hasScripts in new[] { true, false })
        {
            await using var window = await browser.OpenAsync("/people", Who.Ada, new() { HasScripts = hasScripts });
            var page = window.Page;

            await page.Locator("summary[title='Light or dark']").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
            await page.ReloadAsync();

            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
            await Expect(window.Heading).ToHaveTextAsync("People");
        }
    }
}
