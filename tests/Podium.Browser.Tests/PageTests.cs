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
        { "home", "/", Who.Ada },
        { "home-basic", "/", Who.Margaret },
        { "people", "/people", Who.Ada },
        { "connectors", "/connectors", Who.Ada },
        { "connectors-none", "/connectors?q=nothing-is-called-this", Who.Ada },
        { "add-connector", "/connectors/add?q=graf", Who.Linus },
        { "add-connector-target", "/connectors/add/2HErg7BRmNdHgX8sTCWVq4E1fyh", Who.Linus },
        { "connector", "{connector}", Who.Ada },
        { "connector-read-only", "{connector}", Who.Frances },
        { "connector-settings", "{connector}/settings", Who.Ada },
        { "connector-deploy", "{connector}/deploy", Who.Ada },
        { "connector-deploy-docker", "{connector}/deploy?as=docker", Who.Ada },
        { "connector-log", "{connector}/log", Who.Ada },
        { "connector-delete", "{connector}/delete", Who.Ada },
        { "apps", "/apps", Who.Ada },
        { "app", "{app}", Who.Ada },
        { "app-accounts", "{app}/accounts", Who.Ada },
        { "app-accounts-hostile", "{app}/accounts?q=script", Who.Ada },
        { "app-accounts-all-columns", "{app}/accounts?column=account&column=login&column=email&column=status&column=holds&column=grants&column=last_seen&column=kind&column=flags&column=created&column=external_id&column=id", Who.Ada },
        { "app-accounts-none", "{app}/accounts?status=disabled&seen=never", Who.Ada },
        { "app-accounts-before", "{app}/accounts?asof=2020-01-01T00:00:00Z", Who.Ada },
        { "app-entitlements", "{app}/entitlements", Who.Frances },
        { "app-resources", "{app}/resources", Who.Ada },
        { "app-changes", "{app}/changes", Who.Ada },
        { "people-none", "/people?q=nobody-is-called-this", Who.Ada },
        { "audit", "/settings/audit", Who.Ada },
        { "audit-as-of", "/settings/audit?asof=2026-01-01T00:00:00Z", Who.Ada },
        { "api-keys", "/settings/api-keys", Who.Margaret },
        { "search", "/search?q=grafana", Who.Ada },
        { "search-none", "/search?q=nothing-is-called-this", Who.Margaret },
        { "sessions", "/profile/sessions", Who.Margaret },
        { "403", "/settings/audit", Who.Margaret },
        { "404", "/no/such/page", Who.Margaret },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_LightAndDarkWideAndNarrow_IsAccessibleAndFits(string name, string path, Who? who)
    {
        browser.SkipWithoutBrowser();
        foreach (var (width, isDark) in new[] { (1280, false), (1280, true), (360, false), (360, true) })
        {
            await using var window = await browser.OpenAsync(await browser.Company.FillAsync(path), who, new() { Width = width, IsDark = isDark });
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
        browser.SkipWithoutBrowser();
        await using var with = await browser.OpenAsync(await browser.Company.FillAsync(path), who);
        await using var without = await browser.OpenAsync(await browser.Company.FillAsync(path), who, new() { HasScripts = false });

        await Expect(without.Heading.First).ToHaveTextAsync(await with.Heading.First.InnerTextAsync());
        Assert.Equal(await with.Rows.CountAsync(), await without.Rows.CountAsync());
        Assert.False(string.IsNullOrWhiteSpace(name));
    }
}
