using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Doctor;

/// <summary>What is found of Grafanas of several kinds.</summary>
public sealed class GrafanaDiagnosisTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task Diagnose_AdministratorAndToken_HaveEveryPermission(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        foreach (var token in new[] { null, grafana.AddServiceAccountToken(1) })
        {
            var results = await DiagnoseAsync(grafana, token);

            Assert.All(results, result => Assert.True(result.Level is CheckLevel.Ok or CheckLevel.Note, $"{result}"));
            Assert.Equal(token is null ? 11 : 8, results.Count(result => result.Check.StartsWith("permission ", StringComparison.Ordinal) && result.Level == CheckLevel.Ok));
        }

        Assert.Empty(grafana.Requests.Writes);
    }

    [Fact]
    public async Task Diagnose_VersionHidden_IsReadWithTheCredential()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { HideVersion = true });

        Assert.Equal("Grafana 11.3.0", Find(await DiagnoseAsync(grafana), "version").Text);
    }

    [Fact]
    public async Task Diagnose_SettingsBlockedByAGateway_IsNoFailure()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { Edition = GrafanaEdition.Enterprise });
        grafana.Faults.On("GET", "^/api/(frontend/settings|access-control/status)").Respond(403);

        var results = await DiagnoseAsync(grafana);

        Assert.Equal("it does not say which", Find(results, "edition").Text);
        Assert.DoesNotContain(results, result => result.Level == CheckLevel.Failed);
    }

    [Fact]
    public async Task Diagnose_BasicAuthenticationOff_IsNotTakenForTheAccount()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { BasicAuthEnabled = false, AnonymousEnabled = true });

        var credential = Find(await DiagnoseAsync(grafana), "credential");

        Assert.Equal(CheckLevel.Failed, credential.Level);
        Assert.Contains("[auth.basic] enabled", credential.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnose_TokenThatLacksTheListing_Fails()
    {
        await using var grafana = await TestConnector.StartAsync();
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", "")]);

        Assert.Equal(CheckLevel.Failed, Find(await DiagnoseAsync(grafana, token), "permission org.users:read").Level);
    }

    // To read invitations takes the permission to invite; a sync without it goes on without them.
    [Fact]
    public async Task Diagnose_TokenThatMayNotInvite_IsWarnedOfInvitationsThatAreNotSynced()
    {
        await using var grafana = await TestConnector.StartAsync();
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), ("org.users:read", "users:*")]);

        var everything = await DiagnoseAsync(grafana, token, mayChange: false);
        var accounts = await DiagnoseAsync(grafana, token, mayChange: false, selected: ["user"]);

        Assert.Equal(CheckLevel.Warning, Find(everything, "permission org.users:add").Level);
        Assert.Equal(CheckLevel.Note, Find(everything, "permission org.users:write").Level);
        Assert.Equal(CheckLevel.Note, Find(accounts, "permission org.users:add").Level);
    }

    [Fact]
    public async Task Diagnose_RedirectIntoASubPath_SaysSo()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { SubPath = "/grafana", RedirectIntoSubPath = true });

        var results = await DiagnoseAsync(grafana, change: options => options with { Hostname = new Uri(grafana.BaseAddress, "/").ToString() });

        Assert.Contains("redirects", Find(results, "health").Text, StringComparison.Ordinal);
    }

    private static CheckResult Find(List<CheckResult> results, string check) => Assert.Single(results, result => result.Check == check);

    private static async Task<List<CheckResult>> DiagnoseAsync(
        FakeGrafana grafana, string? token = null, Func<GrafanaOptions, GrafanaOptions>? change = null, bool mayChange = true, IReadOnlyList<string>? selected = null)
    {
        await using var connector = TestConnector.Create(grafana, token, change: change, selected: selected);
        var results = new List<CheckResult>();
        await foreach (var result in ((IDiagnosable)connector.Connector).DiagnoseAsync(new(mayChange), Cancellation))
        {
            results.Add(result);
        }

        return results;
    }
}
