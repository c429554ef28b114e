using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Sdk.Tests.Logging;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class GrantProvisioningTests : IDisposable
{
    private readonly LogCapture _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Grant_Succeeds_CarriesWhatTheConnectorSaid()
    {
        var change = new Change();
        var granted = new Grant { Id = "group:a:member:user:1" };
        var provisioning = Provisioning(new ChangingConnector
        {
            Grant = (entitlement, principal, given) =>
            {
                Assert.Equal(("group:a:member", "1", true), (entitlement.Id, principal.Id.Resource, ReferenceEquals(change, given)));
                return Task.FromResult(new ChangeOutcome("made a member") { Annotations = [Annotations.Of(new GrantAlreadyExists())], Grants = [granted] });
            },
        });

        var carried = await provisioning.GrantAsync(new() { Entitlement = Entitlement(), Principal = User() }, change, Cancellation);

        Assert.Equal("made a member", carried.Summary);
        Assert.True(Annotations.Has(carried.Response.Annotations, GrantAlreadyExists.Descriptor));
        Assert.Equal([granted], carried.Response.Grants);
        Assert.Contains("\"entitlement_id\":\"group:a:member\",\"principal_id\":\"user:1\",\"outcome\":\"made a member\"", _log.Output + _log.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group:a:member:user:1")]
    [InlineData("🧸_UNKNOWN_GRANT_ID")]
    public async Task Revoke_Succeeds_CarriesWhatTheConnectorSaid(string id)
    {
        var provisioning = Provisioning(new ChangingConnector
        {
            Revoke = (_, _) => Task.FromResult(new ChangeOutcome("gone") { Annotations = [Annotations.Of(new GrantAlreadyRevoked())] }),
        });

        var carried = await provisioning.RevokeAsync(new() { Grant = new() { Id = id, Entitlement = Entitlement(), Principal = User() } }, new Change(), Cancellation);

        Assert.Equal("gone", carried.Summary);
        Assert.True(Annotations.Has(carried.Response.Annotations, GrantAlreadyRevoked.Descriptor));
    }

    [Theory]
    [InlineData("user")]
    [InlineData("role")]
    [InlineData("")]
    public async Task GrantAndRevoke_NobodyProvisionsTheType_IsUnimplemented(string type)
    {
        var provisioning = Provisioning(new ChangingConnector());
        var entitlement = new Entitlement { Id = "x", Resource = new() { Id = Ids.Resource(type, "a") } };

        var grant = await Assert.ThrowsAsync<ConnectorException>(() => provisioning.GrantAsync(new() { Entitlement = entitlement, Principal = User() }, new Change(), Cancellation));
        var revoke = await Assert.ThrowsAsync<ConnectorException>(
            () => provisioning.RevokeAsync(new() { Grant = new() { Id = "x", Entitlement = entitlement, Principal = User() } }, new Change(), Cancellation));

        Assert.All([grant, revoke], refusal => Assert.Equal(
            (StatusCode.Unimplemented, $"resource type {type} does not have provisioner configured"), (refusal.Code, refusal.Message)));
    }

    [Fact]
    public async Task Grant_ResourceWithoutAnId_IsNoBug()
    {
        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => Provisioning(new ChangingConnector()).GrantAsync(
            new() { Entitlement = new() { Id = "x", Resource = new() }, Principal = User() }, new Change(), Cancellation));

        Assert.Equal(StatusCode.Unimplemented, refusal.Code);
    }

    [Fact]
    public async Task Grant_ConnectorRefuses_IsPassedOnAsItIs()
    {
        var refused = new ConnectorException(StatusCode.FailedPrecondition, "the last one");
        var provisioning = Provisioning(new ChangingConnector { Grant = (_, _, _) => throw refused });

        Assert.Same(refused, await Assert.ThrowsAsync<ConnectorException>(() => provisioning.GrantAsync(new() { Entitlement = Entitlement(), Principal = User() }, new Change(), Cancellation)));
        Assert.DoesNotContain("granted", _log.Output + _log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_DryRun_EndsAtTheFirstRequest()
    {
        var provisioning = Provisioning(new ChangingConnector
        {
            Grant = (_, _, change) =>
            {
                change.Send(new("PUT", "/x"));
                throw new InvalidOperationException("sent");
            },
        });
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => provisioning.GrantAsync(new() { Entitlement = Entitlement(), Principal = User() }, change, Cancellation));

        Assert.Equal("PUT /x", Assert.Single(change.Requests).ToString());
    }

    private GrantProvisioning Provisioning(IConnector connector) => new(connector, _log.Logger);

    private static Entitlement Entitlement() => new() { Id = "group:a:member", Resource = new() { Id = Ids.Resource("group", "a") } };

    private static Resource User() => new() { Id = Ids.Resource("user", "1") };
}
