using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Provisioning;

/// <summary>Grants and revokes through the connector's <see cref="IGrantProvisioner"/> of the entitlement's resource type.</summary>
internal sealed partial class GrantProvisioning(IConnector connector, ILogger logger)
{
    private readonly ConnectorCall _call = new(logger);

    /// <exception cref="ConnectorException">The request is malformed, nobody provisions the type, or the connector refuses.</exception>
    public async Task<Carried<GrantManagerServiceGrantResponse>> GrantAsync(
        GrantManagerServiceGrantRequest request, Change change, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        var provisioner = Find(request.Entitlement.Resource.Id);
        var outcome = await _call.RunAsync(() => provisioner.GrantAsync(request.Entitlement, request.Principal, change, cancellationToken));
        LogGranted(request.Entitlement.Id, Text(request.Principal.Id), outcome.Summary);

        var response = new GrantManagerServiceGrantResponse();
        response.Annotations.Add(outcome.Annotations);
        response.Grants.Add(outcome.Grants);
        return new(response, outcome.Summary);
    }

    /// <exception cref="ConnectorException">The request is malformed, nobody provisions the type, or the connector refuses.</exception>
    public async Task<Carried<GrantManagerServiceRevokeResponse>> RevokeAsync(
        GrantManagerServiceRevokeRequest request, Change change, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        var provisioner = Find(request.Grant.Entitlement.Resource.Id);
        var outcome = await _call.RunAsync(() => provisioner.RevokeAsync(request.Grant, change, cancellationToken));
        LogRevoked(request.Grant.Id, outcome.Summary);

        var response = new GrantManagerServiceRevokeResponse();
        response.Annotations.Add(outcome.Annotations);
        return new(response, outcome.Summary);
    }

    private IGrantProvisioner Find(ResourceId? resource)
        => connector.Syncers.FirstOrDefault(syncer => syncer.Type.Id == resource?.ResourceType) as IGrantProvisioner
            ?? throw new ConnectorException(StatusCode.Unimplemented, $"resource type {resource?.ResourceType} does not have provisioner configured");

    private static string Text(ResourceId? id) => id is null ? "" : $"{id.ResourceType}:{id.Resource}";

    [LoggerMessage(EventId = 4011, Level = LogLevel.Information, Message = "granted")]
    private partial void LogGranted(string entitlementId, string principalId, string outcome);

    [LoggerMessage(EventId = 4012, Level = LogLevel.Information, Message = "revoked")]
    private partial void LogRevoked(string grantId, string outcome);
}
