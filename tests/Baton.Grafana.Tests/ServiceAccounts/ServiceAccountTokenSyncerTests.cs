using System.Globalization;
using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.ServiceAccounts;

public sealed class ServiceAccountTokenSyncerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("9.4")]
    [InlineData("12.1")]
    public async Task List_Tokens_SaysWhenTheyEndAndWhenTheyWereUsed(string version)
    {
        await using var rig = await ServiceAccountRig.StartAsync(version: version);
        var end = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        var first = rig.AddToken("backup", end);
        var second = rig.AddToken("forever");
        var used = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
        rig.Grafana.SetTokenUsed(rig.Robot, rig.Grafana.Tokens(rig.Robot)[1].Id, used);

        var tokens = await rig.ListTokensAsync();

        Assert.Equal([(first, "backup"), (second, "forever")], tokens.Select(token => (token.Id.Resource, token.DisplayName)));
        Assert.All(tokens, token => Assert.Equal(ServiceAccountResource.IdOf(rig.Robot), token.ParentResourceId));
        var traits = tokens.ConvertAll(token => Annotations.Find<SecretTrait>(token.Annotations)!);
        Assert.All(traits, trait => Assert.Equal(
            (ServiceAccountResource.IdOf(rig.Robot), SecretTrait.Types.CredentialType.StaticSecret, "grafana.service_account_token"),
            (trait.IdentityId, trait.CredentialType, trait.CredentialDetail)));
        Assert.Equal([end, null], traits.Select(trait => trait.ExpiresAt?.ToDateTimeOffset()));
        Assert.Equal([null, used], traits.Select(trait => trait.LastUsedAt?.ToDateTimeOffset()));
        Assert.All(tokens, token => Assert.NotNull(token.CreatedAt));
    }

    [Fact]
    public async Task List_TokenWithoutAName_HasOneAllTheSame()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/serviceaccounts/2/tokens$").Respond(200, """[{"id":41,"name":"","expiration":null,"lastUsedAt":"0001-01-01T00:00:00Z"}]""");

        var token = Assert.Single(await rig.ListTokensAsync());

        Assert.Equal(("2.41", "token-41"), (token.Id.Resource, token.DisplayName));
        Assert.Null(Annotations.Find<SecretTrait>(token.Annotations)!.LastUsedAt);
    }

    [Fact]
    public async Task List_OfEveryOrganization_IsOneRequestAnAccount()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var main = rig.Grafana.AddServiceAccount(1, "main", GrafanaRole.Admin);
        rig.AddToken("one", account: main);
        rig.AddToken("two");
        rig.Grafana.SetActiveOrganization(1, rig.Platform);
        rig.Grafana.Requests.Clear();

        Assert.Equal(["one", "two"], (await rig.ListTokensAsync()).Select(token => token.DisplayName));

        Assert.Equal(2, rig.Grafana.Requests.Lines.Count(line => line.EndsWith("/tokens", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("9.4", 299, true)]
    [InlineData("9.4", 300, false)]
    [InlineData("9.4", 301, false)]
    [InlineData("11.3", 300, false)]
    [InlineData("11.3", 301, true)]
    [InlineData("11.3", 1000, false)]
    [InlineData("11.3", 1001, false)]
    public async Task List_AsManyAsGrafanaLists_IsRefused(string version, int count, bool isComplete)
    {
        // D62.
        await using var rig = await ServiceAccountRig.StartAsync(version: version);
        for (var number = 0; number < count; number++)
        {
            rig.AddToken($"t{number:d4}");
        }

        if (isComplete)
        {
            Assert.Equal(count, (await rig.ListTokensAsync()).Count);
            return;
        }

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListTokensAsync());
        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("service account 2 (robot) of organization 2 (platform team), which is where it cuts such lists", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_FewerThanTheAccountHas_IsReadAgainAndRefused()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.AddToken("one");
        rig.AddToken("two");
        var rule = rig.Grafana.Faults.On("GET", "^/api/serviceaccounts/2/tokens$").Respond(200, """[{"id":1,"name":"one"}]""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListTokensAsync());

        Assert.Equal((StatusCode.Aborted, 3), (refusal.Code, rule.Hits));
        Assert.Contains("1 were listed of 2", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_DeletedMeanwhile_IsNoError(bool withItsAccount)
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.AddToken("one");
        rig.AddToken("two");
        rig.Grafana.Faults.On("GET", "^/api/serviceaccounts/2/tokens$").Once().Run(_ =>
        {
            if (withItsAccount)
            {
                rig.Grafana.RemoveServiceAccount(rig.Robot);
            }
            else
            {
                rig.Grafana.RemoveToken(rig.Robot, rig.Grafana.Tokens(rig.Robot)[0].Id);
            }
        });

        Assert.Equal(withItsAccount ? [] : ["two"], (await rig.ListTokensAsync()).Select(token => token.DisplayName));
        Assert.Empty(rig.Sync.Warnings);
    }

    [Fact]
    public async Task List_Forbidden_NamesTheAction()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "/tokens$").Respond(403);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListTokensAsync());

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("needs serviceaccounts:read (scope serviceaccounts:*)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(true, "service_account,service_account_token", true)]
    [InlineData(true, "service_account", false)]
    [InlineData(false, "", false)]
    [InlineData(false, "service_account_token", false)]
    public async Task Types_AskedForTwiceOrNot_AreThereOrNot(bool isOn, string selected, bool isThere)
    {
        var context = new ConnectorContext { Loggers = new CollectedLogs(), SelectedTypes = selected.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        await using var connector = GrafanaConnector.Create(
            new GrafanaOptions { Hostname = "https://grafana.example.com", Username = "admin", SyncServiceAccountTokens = isOn }, context);

        Assert.Equal(isThere, connector.Syncers.Any(syncer => syncer.Type.Id == "service_account_token"));
        Assert.Equal(isThere, connector.Syncers.Any(syncer => syncer is ICredentialIssuer));
    }

    [Fact]
    public async Task Get_One_IsItOrNothing()
    {
        await using var rig = await ServiceAccountRig.StartAsync(Access.Token);
        var handle = rig.AddToken("one");
        var syncer = rig.Connect().Syncers.OfType<ServiceAccountTokenSyncer>().Single();

        Assert.Equal("one", (await GetAsync(handle))!.DisplayName);
        Assert.Null(await GetAsync(string.Create(CultureInfo.InvariantCulture, $"{rig.Robot}.999")));
        Assert.Null(await GetAsync("999.1"));

        Task<Resource?> GetAsync(string id) => syncer.GetResourceAsync(Ids.Resource("service_account_token", id), null, Cancellation);
    }
}
