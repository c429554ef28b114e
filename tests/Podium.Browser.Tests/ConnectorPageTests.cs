using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Podium.Browser.Tests;

/// <summary>Connectors: added, run elsewhere, seen to change, decided, and left alone by who may not.</summary>
public sealed class ConnectorPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Add_ByKeyboardAlone_LeadsToItsDeployment()
    {
        await using var window = await browser.OpenAsync("/connectors/add", Who.Linus);
        var (page, keys) = (window.Page, window.Page.Keyboard);
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the catalogue" })).ToBeFocusedAsync();

        await keys.TypeAsync("graf");
        await keys.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Grafana", Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync("/connectors/add/2HErg7BRmNdHgX8sTCWVq4E1fyh");
        await page.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        await keys.PressAsync("Control+A");
        await keys.TypeAsync("Elsewhere");
        await keys.PressAsync("Enter");

        await Expect(window.Heading).ToHaveTextAsync("Elsewhere");
        await Expect(window.Chip).ToHaveTextAsync("Not connected");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rotate" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rotate_ShowsTheSecretOnce()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        await using var window = await browser.OpenAsync(company.Grafana.Path + "/deploy", Who.Linus, company: company);
        var page = window.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();

        await Expect(page.GetByText("The new secret, shown this once")).ToBeVisibleAsync();
        var secret = await page.Locator(".secret code").Nth(1).InnerTextAsync();
        Assert.StartsWith("secret-token:", secret, StringComparison.Ordinal);
        await Expect(page.Locator(".code").First).ToContainTextAsync(secret);
        await window.ShootAsync("connector-deploy-rotated-1280-light");
        await window.ExpectNoFindingsAsync("rotated");
        await page.GotoAsync(company.Grafana.Path + "/deploy");
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_RunsWhileThePageIsOpen_ChipAndSyncsChangeWithoutReload()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        await using var window = await browser.OpenAsync(company.Grafana.Path, Who.Ada, company: company);
        var page = window.Page;
        await Expect(window.Chip).ToHaveTextAsync("Connected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sync now" }).ClickAsync();
        await Expect(page.Locator(".callout").First).ToContainTextAsync("A sync is asked for");
        await page.EvaluateAsync("window.stayed = true");

        await company.Grafana.TakeAndSendAsync(CompanyFiles.Shrunk());

        await Expect(window.Chip).ToHaveTextAsync("Needs confirmation");
        await Expect(page.Locator("#notice")).ToContainTextAsync("A sync is held");
        await Expect(page.Locator("#log")).ToContainTextAsync("Sync needs confirmation");
        Assert.True(await page.EvaluateAsync<bool>("window.stayed === true"));
    }

    [Fact]
    public async Task HeldSync_TwoPeopleDecide_TheFirstCounts()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        await company.Grafana.SyncAsync(CompanyFiles.Shrunk());
        await using var ada = await browser.OpenAsync(company.Grafana.Path + "/held", Who.Ada, company: company);
        await using var linus = await browser.OpenAsync(company.Grafana.Path + "/held/confirm", Who.Linus, company: company);
        foreach (var (window, name) in new[] { (ada, "held"), (linus, "held-confirm") })
        {
            await window.ShootAsync(name + "-1280-light");
            await window.ExpectNoFindingsAsync(name);
            await window.Page.SetViewportSizeAsync(360, 800);
            await window.ShootAsync(name + "-360-light");
            await window.ExpectNoSidewaysScrollAsync(name);
        }

        await linus.Page.GetByLabel("to confirm").FillAsync("1");
        await linus.Page.GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await Expect(linus.Page.Locator(".error")).ToContainTextAsync("Nothing was applied");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Discard this sync" }).ClickAsync();
        await Expect(ada.Page.Locator(".callout").First).ToContainTextAsync("forgotten");
        var number = await linus.Page.Locator("label[for=field-number]").InnerTextAsync();
        await linus.Page.GetByLabel("to confirm").FillAsync(number.Split(' ')[1]);
        await linus.Page.GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();

        await Expect(linus.Page.Locator(".callout").First).ToContainTextAsync("Somebody else has decided");
    }

    [Fact]
    public async Task HeldSync_Confirmed_IsApplied()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        await company.Grafana.SyncAsync(CompanyFiles.Shrunk());
        await using var window = await browser.OpenAsync(company.Grafana.Path + "/held/confirm", Who.Linus, new() { HasScripts = false }, company);
        var page = window.Page;

        var number = await page.Locator("label[for=field-number]").InnerTextAsync();
        await page.GetByLabel("to confirm").FillAsync(number.Split(' ')[1]);
        await page.GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();

        await Expect(page.Locator(".callout").First).ToContainTextAsync("The sync was applied");
        await Expect(window.Chip).ToHaveTextAsync("Connected");
    }

    [Fact]
    public async Task Connectors_BasicUser_IsToldWhomToAsk()
    {
        await using var window = await browser.OpenAsync("/connectors", Who.Margaret);

        await Expect(window.Page.Locator(".badge").First).ToHaveTextAsync("403");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Linus Torvalds");
    }

    [Fact]
    public async Task Connector_ReadOnlyAdministrator_SeesNoButtonAndCannotPost()
    {
        await using var window = await browser.OpenAsync(browser.Company.Grafana.Path, Who.Frances);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToHaveCountAsync(0);

        var token = await window.Page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value");
        var answer = await window.Context.APIRequest.PostAsync(browser.Company.Grafana.Path + "/pause", new()
        {
            Form = window.Context.APIRequest.CreateFormData().Append("__RequestVerificationToken", token!),
            Headers = [new("Origin", new Uri(window.Page.Url).GetLeftPart(UriPartial.Authority))],
        });

        Assert.Equal(403, answer.Status);
    }
}
