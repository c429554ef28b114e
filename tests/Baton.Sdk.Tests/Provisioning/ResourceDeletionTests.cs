using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Sdk.Tests.Logging;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class ResourceDeletionTests : IDisposable
{
    private readonly LogCapture _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Delete_Succeeds_CarriesWhatTheConnectorSaid()
    {
        var deletion = new ResourceDeletion(
            new ChangingConnector
            {
                Delete = (id, parent, _) => Task.FromResult(
                    new ChangeOutcome($"{id.Resource} of {parent?.Resource} is gone") { Annotations = [Annotations.Of(new ResourceDoesNotExist())] }),
            },
            _log.Logger);

        var carried = await deletion.DeleteAsync(
            new() { ResourceId = Ids.Resource("group", "a"), ParentResourceId = Ids.Resource("org", "1") }, new Change(), Cancellation);

        Assert.Equal("a of 1 is gone", carried.Summary);
        Assert.True(Annotations.Has(carried.Response.Annotations, ResourceDoesNotExist.Descriptor));
        Assert.Contains("\"resource_id\":\"group:a\"", _log.Output + _log.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user")]
    [InlineData(null)]
    public async Task Delete_NobodyDeletesTheType_IsUnimplemented(string? type)
    {
        var deletion = new ResourceDeletion(new ChangingConnector(), _log.Logger);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => deletion.DeleteAsync(new() { ResourceId = type is null ? null : Ids.Resource(type, "a") }, new Change(), Cancellation));

        Assert.Equal((StatusCode.Unimplemented, $"resource type {type} does not have resource Delete() configured"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task Delete_ConnectorRefuses_KeepsCodeAndLimit()
    {
        var limit = new RateLimit(5, 0, DateTimeOffset.UnixEpoch);
        var deletion = new ResourceDeletion(
            new ChangingConnector { Delete = (_, _, _) => throw new ConnectorException(StatusCode.Unavailable, "later") { IsTransient = false, RateLimit = limit } }, _log.Logger);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => deletion.DeleteAsync(new() { ResourceId = Ids.Resource("group", "a") }, new Change(), Cancellation));

        Assert.Equal((StatusCode.Unavailable, "error: delete resource failed: later", false, limit), (refusal.Code, refusal.Message, refusal.IsTransient, refusal.RateLimit));
        Assert.DoesNotContain("resource deleted", _log.Output + _log.Error, StringComparison.Ordinal);
    }
}
