using Microsoft.Extensions.DependencyInjection;
using Podium.SignIn;
using static Microsoft.Playwright.Assertions;

namespace Podium.Browser.Tests;

public sealed class SignInPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task SignIn_ByKeyboardAlone_LeadsToThePageThatWasAskedFor()
    {
        await using var window = await browser.OpenAsync("/profile/sessions");
        var (page, keys) = (window.Page, window.Page.Keyboard);
        await Expect(page.GetByLabel("E-mail")).ToBeFocusedAsync();

        await keys.TypeAsync("margaret@example.com");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Company.Password);
        await keys.PressAsync("Enter");

        await Expect(window.Heading).ToHaveTextAsync("Sessions");
    }

    [Fact]
    public async Task SignIn_WrongPasswordWithoutScripts_SaysSoAndKeepsTheAddress()
    {
        await using var window = await browser.OpenAsync("/sign-in", options: new() { HasScripts = false });
        var page = window.Page;

        await page.GetByLabel("E-mail").FillAsync("nobody@example.com");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.Locator(".error")).ToContainTextAsync("E-mail or password is wrong.");
        await Expect(page.GetByLabel("E-mail")).ToHaveValueAsync("nobody@example.com");
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await using var window = await browser.OpenAsync("/profile/sessions", Who.Margaret);
        var page = window.Page;

        await page.Locator(".top-end summary", new() { HasText = "sign-out" }).ClickAsync();
        await page.Locator(".top-end").GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(window.Heading).ToHaveTextAsync("Sign in to Podium");
        await page.GotoAsync("/profile/sessions");
        await Expect(window.Heading).ToHaveTextAsync("Sign in to Podium");
    }

    [Fact]
    public async Task SetUp_Link_MakesTheFirstPersonOnce()
    {
        browser.SkipWithoutBrowser();
        await using var empty = await Company.NobodyAsync();
        var token = await empty.Server.Server.Services.GetRequiredService<SetUp>().NewLinkAsync(TestContext.Current.CancellationToken);
        var link = $"/set-up/{token!.Value.Text}";
        await using var window = await browser.OpenAsync(link, company: empty);
        var page = window.Page;
        await window.ShootAsync("set-up-1280-light");
        await window.ExpectNoFindingsAsync("set-up");

        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("E-mail").FillAsync("ada@example.com");
        await page.GetByLabel("Password").FillAsync("short");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(page.Locator(".error")).ToContainTextAsync("at least 12 characters");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Ada Lovelace");
        await page.GetByLabel("Password").FillAsync(Company.Password);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();

        await Expect(window.Heading).ToContainTextAsync("Ada Lovelace");
        await page.GotoAsync(link);
        await Expect(window.Heading).ToHaveTextAsync("The set-up link has ended");
    }
}
