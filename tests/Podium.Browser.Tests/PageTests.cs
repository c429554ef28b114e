using static Microsoft.Playwright.Assertions;

namespace Podium.Browser.Tests;

/// <summary>What must hold for every page: readable by everybody, on every screen, with and without scripts.</summary>
public sealed class PageTests(BrowserFixture browser)
{
    /// <summary>Every page that somebody can stand on, and whom it is shown to.</summary>
    public static TheoryData<string, string, Who?> Pages => new()
    {
        { "sign-in", "/sign-in", null },
        { "set-up-ended", "/set-up/nothing", null },
        { "people", "/people", Who.Ada },
        { "people-none", "/people?q=nobody-is-called-this", Who.Ada },
        { "audit", "/settings/audit", Who.Ada },
        { "audit-as-of", "/settings/audit?asof=2026-01-01T00:00:00Z", Who.Ada },
        { "sessions", "/profile/sessions", Who.Margaret },
        { "403", "/settings/audit", Who.Margaret },
        { "404", "/no/such/page", Who.Margaret },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_LightAndDarkWideAndNarrow_IsAccessibleAndFits(string name, string path, Who? who)
    {
        foreach (var (width, isDark) in new[] { (1280, false), (1280, true), (360, false), (360, true) })
        {
            await using var window = await browser.OpenAsync(path, who, new() { Width = width, IsDark = isDark });
            var where = $"{name}-{width}-{(isDark ? "dark" : "light")}";
            await Expect(window.Heading.First).ToBeVisibleAsync();

            await window.ShootAsync(where);
            await window.ExpectNoFindingsAsync(where);
            await window.ExpectNoSidewaysScrollAsync(where);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithoutScripts_ShowsTheSame(string name, string path, Who? who)
    {
        await using var with = await browser.OpenAsync(path, who);
        await using var without = await browser.OpenAsync(path, who, new() { HasScripts = false });

        await Expect(without.Heading.First).ToHaveTextAsync(await with.Heading.First.InnerTextAsync());
        Assert.Equal(await with.Rows.CountAsync(), await without.Rows.CountAsync());
        Assert.False(string.IsNullOrWhiteSpace(name));
    }
}
