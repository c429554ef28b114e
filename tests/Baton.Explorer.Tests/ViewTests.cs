using System.Text.RegularExpressions;
using Baton.Cli.Tests.Explorer;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.Explorer.Tests;

/// <summary>The ways through the page that somebody takes.</summary>
public sealed partial class ViewTests(BrowserFixture browser)
{
    [Fact]
    public async Task Overview_Opens_ShowsWhatIsThere()
    {
        await using var window = await browser.OpenAsync();
        var page = window.Page;

        await Expect(window.Heading).ToHaveTextAsync("Who has access");
        await Expect(page.Locator(".totals")).ToContainTextAsync("Accounts10");
        await Expect(page.Locator(".totals")).ToContainTextAsync("Grants12");
        foreach (var flag in new[] { "Disabled, still has access", "Administrator", "Dormant", "External", "No e-mail", "Service account" })
        {
            await Expect(page.Locator(".flag-label").GetByText(flag, new() { Exact = true })).ToHaveCountAsync(1);
        }

        await Expect(page.Locator("#live")).ToHaveTextAsync("10 accounts, 12 grants");
    }

    [Fact]
    public async Task Overview_FlagCard_LeadsToItsAccounts()
    {
        await using var window = await browser.OpenAsync();

        await window.Page.Locator(".flag-label").GetByText("Service account", new() { Exact = true }).ClickAsync();

        await Expect(window.Heading).ToHaveTextAsync("Accounts");
        await Expect(window.Rows).ToHaveCountAsync(1);
        await Expect(window.Rows).ToContainTextAsync("Robot");
        await Expect(window.Page.Locator("[data-flag=SERVICE_ACCOUNT]")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Overview_Charts_LeadToTheirAccounts()
    {
        await using var window = await browser.OpenAsync();

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "≤ 1 year: 1" }).ClickAsync();

        await Expect(window.Rows).ToHaveCountAsync(1);
        await Expect(window.Rows).ToContainTextAsync("Bob Dormant");
    }

    [Fact]
    public async Task Search_Suggestion_LeadsToTheAccount()
    {
        await using var window = await browser.OpenAsync();
        var page = window.Page;
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Search" });

        await box.FillAsync("lovelace");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        await box.PressAsync("ArrowDown");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", "hit-0");
        await box.PressAsync("Enter");

        await Expect(window.Heading).ToHaveTextAsync("Ada Lovelace");
    }

    [Fact]
    public async Task Search_Enter_ShowsAllThatIsFound()
    {
        await using var window = await browser.OpenAsync();
        var box = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search" });

        await box.FillAsync("main");
        await box.PressAsync("Enter");

        await Expect(window.Heading).ToHaveTextAsync("Results for “main”");
        await Expect(window.Page.Locator("main section", new() { HasText = "Roles" })).ToContainTextAsync("Admin");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Main Org.", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Account_ToItsResource_ToItsPeople()
    {
        await using var window = await browser.OpenAsync("#/accounts?q=bob");
        var page = window.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Bob Dormant" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Bob Dormant");
        await Expect(window.Rows).ToHaveCountAsync(2);
        await Expect(window.Rows.Filter(new() { HasText = "Editor" })).ToContainTextAsync("via SRE (Member)");
        await Expect(page.Locator("main")).ToContainTextAsync("bob.dormant@example.com");

        await page.GetByRole(AriaRole.Link, new() { Name = "Main Org." }).First.ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Main Org.");
        await Expect(window.Rows).ToHaveCountAsync(9);
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("org:1:Admin");
        await Expect(window.Rows).ToHaveCountAsync(2);
        await Expect(window.Rows.Nth(1)).ToContainTextAsync("Carol Disabled");
    }

    [Fact]
    public async Task Group_BothSides_AreShown()
    {
        await using var window = await browser.OpenAsync("#/resource/team/7");
        var tabs = window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Sides of this resource" });

        await Expect(window.Rows).ToContainTextAsync("Bob Dormant");
        await tabs.GetByRole(AriaRole.Link, new() { Name = "Has access to" }).ClickAsync();

        await Expect(window.Rows).ToContainTextAsync("Editor");
        await Expect(tabs.Locator("[aria-current=page]")).ToContainTextAsync("Has access to");
    }

    [Fact]
    public async Task Filters_AreInTheAddress_AndSurviveReloadAndBack()
    {
        await using var window = await browser.OpenAsync("#/accounts");
        var page = window.Page;
        await Expect(window.Rows).ToHaveCountAsync(10);

        await page.Locator("[data-flag=DISABLED_WITH_ACCESS]").ClickAsync();
        await Expect(window.Rows).ToHaveCountAsync(2);
        await page.GetByPlaceholder("Name, login, e-mail or id").FillAsync("carol");
        await Expect(window.Rows).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(FlagAndText());
        await Expect(page.Locator("#live")).ToHaveTextAsync("1 account");

        await page.ReloadAsync();
        await Expect(window.Rows).ToHaveCountAsync(1);
        await Expect(page.GetByPlaceholder("Name, login, e-mail or id")).ToHaveValueAsync("carol");

        await page.GoBackAsync();
        await Expect(window.Rows).ToHaveCountAsync(10);
    }

    [Fact]
    public async Task List_Header_SortsBothWays()
    {
        await using var window = await browser.OpenAsync("#/accounts?q=a");
        var header = window.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Account" });

        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(header).ToHaveAttributeAsync("aria-sort", "ascending");
        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(header).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(window.Rows.First).ToContainTextAsync("Slash In Id");

        // Whoever sorts by the keyboard stays where they are.
        await Expect(header.GetByRole(AriaRole.Button)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Pager_LongList_ReachesItsEnd()
    {
        await using var crowd = await Explorer.StartAsync(ExplorerFiles.Crowd(people: 1203));
        await using var window = await browser.OpenAsync("#/resource/org/1", crowd.Address);
        var pages = window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" });

        await Expect(pages).ToContainTextAsync("1–50 of 1,203");
        await pages.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(pages).ToContainTextAsync("51–100 of 1,203");
        await pages.GetByRole(AriaRole.Link, new() { Name = "Last" }).ClickAsync();
        await Expect(pages).ToContainTextAsync("1,201–1,203 of 1,203");
        await Expect(window.Rows.Last).ToContainTextAsync("Zoe Last");

        await window.Page.ReloadAsync();
        await Expect(pages).ToContainTextAsync("1,201–1,203 of 1,203");
    }

    [Fact]
    public async Task Graph_Node_LeadsToWhatIsAroundIt()
    {
        await using var window = await browser.OpenAsync("#/resource/user/2");
        var page = window.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Show as a graph" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Around Bob Dormant");
        await Expect(page.Locator(".graph .node")).ToHaveCountAsync(5);
        await Expect(page.Locator(".graph .edge.inherited")).ToHaveCountAsync(1);

        await page.Locator(".graph .node.resource", new() { HasText = "SRE" }).ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Around SRE");
        await Expect(page.Locator(".graph .node.center")).ToContainTextAsync("team:7");
    }

    [Fact]
    public async Task Changes_Kinds_NarrowTheList()
    {
        await using var window = await browser.OpenAsync("#/changes");
        var page = window.Page;

        await Expect(window.Rows).ToHaveCountAsync(5);
        await Expect(window.Rows.Filter(new() { HasText = "role changed" })).ToContainTextAsync("privilege up");
        await page.GetByRole(AriaRole.Button, new() { Name = "Account disabled 1" }).ClickAsync();

        await Expect(window.Rows).ToHaveCountAsync(1);
        await Expect(window.Rows).ToContainTextAsync("Bob Dormant");
    }

    [Fact]
    public async Task Export_Csv_HoldsWhatIsShown()
    {
        await using var window = await browser.OpenAsync("#/accounts?flag=DISABLED_WITH_ACCESS");
        await Expect(window.Rows).ToHaveCountAsync(2);

        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("accounts.csv", download.SuggestedFilename);
        Assert.Equal(3, lines.Length);
        Assert.Contains("Carol Disabled", lines[2]);
    }

    [Fact]
    public async Task Resource_ThatIsNotThere_SaysSo()
    {
        await using var window = await browser.OpenAsync("#/resource/user/77");

        await Expect(window.Heading).ToHaveTextAsync("Not in this sync");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("user:77");
        window.Forgive(); // The browser itself reports that the answer was 404.
    }

    [Fact]
    public async Task Server_Ended_IsSaidOnThePage()
    {
        browser.SkipWithoutBrowser();
        var explorer = await Explorer.StartAsync(ExplorerFiles.Everything());
        await using var window = await browser.OpenAsync("#/", explorer.Address);

        await explorer.DisposeAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Resources" }).First.ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is “baton explorer” still running");
        window.Forgive(); // The browser itself reports the connection that failed.
    }

    [GeneratedRegex("flag=DISABLED_WITH_ACCESS&q=carol$")]
    private static partial Regex FlagAndText();
}
