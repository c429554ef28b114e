using Baton.Testing.Grafana;
using Microsoft.Playwright;
using Podium.Audit;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using static Microsoft.Playwright.Assertions;

namespace Podium.Browser.Tests;

/// <summary>The form of a connector that Podium runs: made of its schema, tried before it is kept, and without a secret on its way back.</summary>
public sealed class ConnectorSettingsTests(BrowserFixture browser)
{
    private const string Password = "correct-horse-battery-staple";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_WrongThenRight_LeadToConnected()
    {
        browser.SkipWithoutBrowser();
        await using var grafana = await FakeGrafana.StartAsync(new() { AdminPassword = Password }, Cancellation);
        await using var company = await Company.FoundAsync();
        await using var window = await browser.OpenAsync(await AddAsync(company), Who.Ada, company: company);
        var page = window.Page;
        await Expect(window.Chip).ToHaveTextAsync("Not connected");
        await window.ShootAsync("connector-settings-hosted-1280-light");
        await window.ExpectNoFindingsAsync("settings of a hosted connector");

        await page.GetByLabel("Server administrator").Or(page.GetByLabel("Basic Authentication")).First.CheckAsync();
        await page.GetByLabel("Instance URL").Or(page.GetByLabel("Hostname")).First.FillAsync(grafana.BaseAddress.ToString());
        await page.GetByLabel("Username").First.FillAsync("admin");
        await page.GetByLabel("Password").First.FillAsync("not-this-one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try and save" }).ClickAsync();

        await Expect(page.Locator(".error").First).ToContainTextAsync("refuses the credential");
        Assert.DoesNotContain("not-this-one", await page.ContentAsync(), StringComparison.Ordinal);
        await window.ShootAsync("connector-settings-refused-1280-light");
        await window.ExpectNoFindingsAsync("settings that were refused");
        await page.SetViewportSizeAsync(360, 800);
        await window.ShootAsync("connector-settings-refused-360-light");
        await window.ExpectNoSidewaysScrollAsync("settings that were refused");
        await page.SetViewportSizeAsync(1280, 900);

        await page.GetByLabel("Password").First.FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Only try" }).ClickAsync();
        await Expect(page.Locator(".callout").First).ToContainTextAsync("It works");
        Assert.DoesNotContain(Password, await page.ContentAsync(), StringComparison.Ordinal);

        // Typed once: the page carries it, encrypted, to the next press.
        await page.GetByRole(AriaRole.Button, new() { Name = "Try and save" }).ClickAsync();
        await Expect(page.Locator(".callout").First).ToContainTextAsync("The settings are saved");
        await Expect(window.Chip).ToHaveTextAsync("Connected");
    }

    [Fact]
    public async Task Settings_NobodyAnswers_CanBeSavedAnyway()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        await using var window = await browser.OpenAsync(await AddAsync(company), Who.Linus, new() { HasScripts = false }, company);
        var page = window.Page;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save anyway" })).ToHaveCountAsync(0);

        await page.GetByLabel("Server administrator").Or(page.GetByLabel("Basic Authentication")).First.CheckAsync();
        await page.GetByLabel("Instance URL").Or(page.GetByLabel("Hostname")).First.FillAsync("http://127.0.0.1:1");
        await page.GetByLabel("Username").First.FillAsync("admin");
        await page.GetByLabel("Password").First.FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try and save" }).ClickAsync();
        await Expect(page.Locator(".error").First).ToContainTextAsync("127.0.0.1:1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save anyway" }).ClickAsync();

        await Expect(page.Locator(".callout").First).ToContainTextAsync("The settings are saved");
    }

    [Fact]
    public async Task Schedule_CronLine_IsShownInItsZoneAndRefusedAtItsField()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        await using var window = await browser.OpenAsync(await AddAsync(company), Who.Ada, company: company);
        var page = window.Page;

        // The first page of a browser tells its zone to the second.
        await page.ReloadAsync();
        await page.GetByLabel("At these times").CheckAsync();
        await Expect(page.GetByLabel("Time zone")).ToHaveValueAsync("Europe/Berlin");
        await page.GetByLabel("Cron line").FillAsync("* * * * *");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the schedule" }).ClickAsync();
        await Expect(page.Locator(".error").First).ToContainTextAsync("every five minutes at most");
        await Expect(page.GetByLabel("Cron line")).ToHaveValueAsync("* * * * *");
        await window.ExpectNoFindingsAsync("a schedule that was refused");

        await page.GetByLabel("Cron line").FillAsync("0 6 * * 1-5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the schedule" }).ClickAsync();

        await Expect(page.Locator(".callout").First).ToContainTextAsync("The schedule is saved");
        await Expect(page.GetByText("Next: ")).ToContainTextAsync("06:00");
        await window.ShootAsync("connector-settings-cron-1280-light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(360, 800);
        await window.ShootAsync("connector-settings-cron-360-dark");
        await window.ExpectNoFindingsAsync("a schedule by cron, dark and narrow");
        await window.ExpectNoSidewaysScrollAsync("a schedule by cron");
    }

    [Fact]
    public async Task Owners_ByAddress_MayChangeTheSettings()
    {
        browser.SkipWithoutBrowser();
        await using var company = await Company.FoundAsync();
        var path = await AddAsync(company);
        await using (var refused = await browser.OpenAsync(path, Who.Margaret, company: company))
        {
            await Expect(refused.Page.Locator(".badge").First).ToHaveTextAsync("403");
        }

        await using var window = await browser.OpenAsync(path, Who.Linus, company: company);
        var page = window.Page;
        await page.GetByLabel("E-mail addresses").FillAsync("margaret@example.com\nnobody@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the owners" }).ClickAsync();
        await Expect(page.Locator(".error").First).ToContainTextAsync("Nobody here has the address nobody@example.com");
        await page.GetByLabel("E-mail addresses").FillAsync("margaret@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the owners" }).ClickAsync();
        await Expect(page.Locator(".callout").First).ToContainTextAsync("The owners are saved");

        await using var owner = await browser.OpenAsync(path, Who.Margaret, company: company);
        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Try and save" })).ToBeEnabledAsync();
        await Expect(owner.Page.GetByLabel("E-mail addresses")).ToHaveCountAsync(0);
    }

    private static async Task<string> AddAsync(Company company)
    {
        var connector = await company.Server.Get<AddConnector>().RunAsync(new() { CatalogId = ConnectorCatalog.GrafanaId, DisplayName = "Hosted Grafana" }, Actor.System, Cancellation);
        return $"/connectors/{connector.PublicId}/settings";
    }
}
