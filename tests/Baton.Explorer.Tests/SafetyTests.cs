using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>Names are whatever somebody chose. None of them may run, look like something else, or break a view.</summary>
public sealed class SafetyTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("#/accounts")]
    [InlineData("#/resource/user/7")]
    [InlineData("#/resource/org/1")]
    [InlineData("#/graph/user/7")]
    [InlineData("#/search?q=alert")]
    [InlineData("#/search?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20alert")]
    public async Task Name_ThatIsMarkup_IsText(string view)
    {
        await using var window = await browser.OpenAsync(view);

        await Expect(window.Page.Locator("main")).ToContainTextAsync("alert(1)");
        await Expect(window.Page.Locator("main script, main img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Name_WithCharactersThatCannotBeSeen_IsSpelledOut()
    {
        await using var window = await browser.OpenAsync("#/resource/org/2");

        await Expect(window.Heading).ToHaveTextAsync("Side\\u202e Org\\n");
    }

    [Fact]
    public async Task Name_Empty_IsTheReference()
    {
        await using var window = await browser.OpenAsync("#/resource/org/3");

        await Expect(window.Heading).ToHaveTextAsync("org:3");
    }

    [Fact]
    public async Task Id_WithASlash_HasAnAddressThatSurvivesReload()
    {
        await using var window = await browser.OpenAsync("#/accounts?q=slash");
        await window.Page.Locator("main a", new() { HasText = "Slash In Id" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Slash In Id");

        await window.Page.ReloadAsync();

        await Expect(window.Heading).ToHaveTextAsync("Slash In Id");
    }

    [Fact]
    public async Task Script_OfWhoGetsMarkupIn_IsStoppedByThePolicy()
    {
        await using var window = await browser.OpenAsync();

        var stopped = await window.Page.EvaluateAsync<bool>(
            """
            () => {
              try {
                document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=alert(1)>");
                return false;
              } catch {
                return true;
              }
            }
            """);

        Assert.True(stopped);
        window.Forgive(); // The browser reports what it stopped.
    }

    [Fact]
    public async Task Storage_AfterLooking_HoldsNothingOfTheFile()
    {
        await using var window = await browser.OpenAsync("#/accounts");
        await window.Page.Locator("#theme-button").ClickAsync();

        var kept = await window.Page.EvaluateAsync<string>(
            "async () => JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, (await caches.keys()), (await indexedDB.databases())])");

        Assert.Equal("""[["baton-theme"],[],"",[],[]]""", kept);
    }
}
