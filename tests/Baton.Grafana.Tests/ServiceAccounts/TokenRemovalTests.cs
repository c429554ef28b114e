using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.ServiceAccounts;

public sealed class TokenRemovalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Access.Administrator, "9.4")]
    [InlineData(Access.Administrator, "12.1")]
    [InlineData(Access.Token, "11.3")]
    public async Task Delete_Token_IsGoneAndTheOthersAreNot(Access access, string version)
    {
        await using var rig = await ServiceAccountRig.StartAsync(access, version);
        rig.Grafana.SetActiveOrganization(1, 1);
        rig.AddToken("kept");
        var handle = rig.AddToken("gone");
        var change = new Change();

        var outcome = await rig.DeleteAsync(handle, change, ServiceAccountResource.IdOf(rig.Robot));

        Assert.Equal(["kept"], rig.Grafana.Tokens(rig.Robot).Select(token => token.Name));
        Assert.False(Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor));
        Assert.Contains("(gone) of service account 2 (robot) of organization 2 (platform team) is deleted; read back from Grafana", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("was never used", Assert.Single(change.Checks), StringComparison.Ordinal);
        Assert.Contains("is shut out", Assert.Single(change.Effects), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_NotThere_IsASuccessWithoutAWrite()
    {
        await using var rig = await ServiceAccountRig.StartAsync();

        foreach (var handle in new[] { "2.99", "99.1" })
        {
            Assert.True(Annotations.Has((await rig.DeleteAsync(handle)).Annotations, ResourceDoesNotExist.Descriptor));
        }

        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Delete_DeletedMeanwhile_IsASuccess()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var handle = rig.AddToken("gone");
        rig.Grafana.Faults.On("DELETE", "/tokens/").Run(_ => rig.Grafana.RemoveToken(rig.Robot, rig.Grafana.Tokens(rig.Robot)[0].Id));

        Assert.True(Annotations.Has((await rig.DeleteAsync(handle)).Annotations, ResourceDoesNotExist.Descriptor));
    }

    [Fact]
    public async Task Delete_AccountMayBeWhereTheConnectorCannotLook_IsNotTakenForGone()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var closed = rig.Grafana.AddOrganization("Closed");
        var hidden = rig.Grafana.AddServiceAccount(closed, "hidden", GrafanaRole.Admin);
        var handle = rig.AddToken("alive", account: hidden);

        var notAMember = await rig.DeleteFailsAsync(handle);
        rig.Grafana.AddMember(closed, 1, GrafanaRole.Viewer);
        var notAllowed = await rig.DeleteFailsAsync(handle);

        Assert.Equal((StatusCode.FailedPrecondition, StatusCode.FailedPrecondition), (notAMember.Code, notAllowed.Code));
        Assert.Contains("may be in another; make the connector's account an Admin there", notAMember.Message, StringComparison.Ordinal);
        Assert.Contains("lacks serviceaccounts:read in organization 3 (Closed)", notAllowed.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Tokens(hidden));
    }

    [Fact]
    public async Task Delete_BeyondWhatIsListed_IsDeletedAllTheSame()
    {
        await using var rig = await ServiceAccountRig.StartAsync(version: "9.4");
        for (var number = 0; number < 310; number++)
        {
            rig.AddToken($"t{number:d4}");
        }

        var last = rig.Grafana.Tokens(rig.Robot)[^1].Id;

        var outcome = await rig.DeleteAsync($"{rig.Robot}.{last}");

        Assert.DoesNotContain(rig.Grafana.Tokens(rig.Robot), token => token.Id == last);
        Assert.Empty(outcome.Annotations);
    }

    [Fact]
    public async Task Delete_TheConnectorsOwn_SaysThatItWas()
    {
        await using var rig = await ServiceAccountRig.StartAsync(Access.Token);
        var own = 3;

        var failure = await rig.DeleteFailsAsync($"{own}.{rig.Grafana.Tokens(own)[0].Id}");

        Assert.Equal(StatusCode.Unauthenticated, failure.Code);
        Assert.Contains("it was the connector's own", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_OfAnotherParent_IsRefused()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var handle = rig.AddToken("kept");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.DeleteAsync(handle, parent: ServiceAccountResource.IdOf(77)));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Single(rig.Grafana.Tokens(rig.Robot));
    }

    [Theory]
    [InlineData("ok", StatusCode.Aborted, "but token")]
    [InlineData("403", StatusCode.PermissionDenied, "needs serviceaccounts:write")]
    [InlineData("500", StatusCode.Unavailable, "Repeating it is safe")]
    [InlineData("reset", StatusCode.Unavailable, "Repeating it is safe")]
    [InlineData("400", StatusCode.InvalidArgument, "Injected 400")]
    public async Task Delete_NotDone_SaysSo(string trouble, StatusCode code, string words)
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var handle = rig.AddToken("kept");
        var fault = rig.Grafana.Faults.On("DELETE", "/tokens/");
        _ = trouble switch
        {
            "ok" => fault.Respond(200, """{"message":"Service account token deleted"}"""),
            "reset" => fault.Reset(),
            _ => fault.Respond(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture)),
        };

        var failure = await rig.DeleteFailsAsync(handle);

        Assert.Equal(code, failure.Code);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Single(rig.Grafana.Tokens(rig.Robot));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("502")]
    [InlineData("reset")]
    public async Task Delete_AnswerIsLost_IsLookedUp(string trouble)
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var handle = rig.AddToken("gone");
        var fault = rig.Grafana.Faults.On("DELETE", "/tokens/").AfterEffect();
        var rule = trouble == "reset" ? fault.Reset() : fault.Respond(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture));

        var outcome = await rig.DeleteAsync(handle);

        Assert.Contains("is deleted; read back", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal(1, rule.Hits);
    }

    [Fact]
    public async Task Delete_DryRun_WritesNothing()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var handle = rig.AddToken("kept");
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.DeleteAsync(handle, change, cancellationToken: Cancellation));

        Assert.Equal($"DELETE /api/serviceaccounts/{rig.Robot}/tokens/{handle.Split('.')[1]}", Assert.Single(change.Requests).ToString());
        Assert.Single(rig.Grafana.Tokens(rig.Robot));
    }
}
