using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Revokes a grant of the file.</summary>
internal sealed class RevokeOperation(string grantId) : IOneShotOperation
{
    public string Name => "revoke";

    public bool ChangesTarget => true;

    /// <exception cref="ConfigurationException">The id is empty.</exception>
    public static RevokeOperation From(ResolvedConfiguration configuration)
        => new(Setting.Require(configuration, "revoke-grant", "the id of the grant to revoke"));

    public async Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var request = Read(context);
        var connector = await context.ConnectAsync(cancellationToken);
        var carried = await new GrantProvisioning(connector, context.Logger).RevokeAsync(request, context.Change, cancellationToken);
        return OperationResult.Of(carried, carried.Response.Annotations, GrantAlreadyRevoked.Descriptor);
    }

    private GrantManagerServiceRevokeRequest Read(OperationContext context)
    {
        using var sync = LatestSync.Open(context);
        var grant = sync.Grant(grantId);
        var resource = grant.Entitlement.Resource;
        return Annotations.Has(resource.Annotations, BatonID.Descriptor)
            ? throw new ConfigurationException(
                $"cannot revoke grant on external resource: {resource.Id.ResourceType} {resource.Id.Resource} belongs to another connector, which must revoke it")
            : new() { Grant = grant };
    }
}
