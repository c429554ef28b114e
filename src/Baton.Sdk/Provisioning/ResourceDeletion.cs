using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Provisioning;

/// <summary>Deletes through the connector's <see cref="IResourceDeleter"/> of the resource's type.</summary>
internal sealed partial class ResourceDeletion(IConnector connector, ILogger logger)
{
    private readonly ConnectorCall _call = new(logger);

    /// <exception cref="ConnectorException">Nobody deletes resources of the type, or the connector refuses.</exception>
    public async Task<Carried<DeleteResourceResponse>> DeleteAsync(DeleteResourceRequest request, Change change, CancellationToken cancellationToken)
    {
        var type = request.ResourceId?.ResourceType ?? "";
        var deleter = connector.Syncers.FirstOrDefault(syncer => syncer.Type.Id == type) as IResourceDeleter
            ?? throw new ConnectorException(StatusCode.Unimplemented, $"resource type {type} does not have resource Delete() configured");
        var outcome = await _call.RunAsync(
            () => deleter.DeleteResourceAsync(request.ResourceId!, request.ParentResourceId, change, cancellationToken), "error: delete resource failed: ");
        LogDeleted($"{type}:{request.ResourceId!.Resource}", outcome.Summary);

        var response = new DeleteResourceResponse();
        response.Annotations.Add(outcome.Annotations);
        return new(response, outcome.Summary);
    }

    [LoggerMessage(EventId = 4021, Level = LogLevel.Information, Message = "resource deleted")]
    private partial void LogDeleted(string resourceId, string outcome);
}
