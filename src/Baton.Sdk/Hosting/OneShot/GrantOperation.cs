using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Grants an entitlement of the file to a resource of the file.</summary>
internal sealed class GrantOperation(string entitlementId, ResourceId principalId) : IOneShotOperation
{
    public string Name => "grant";

    public bool ChangesTarget => true;

    /// <exception cref="ConfigurationException">Something is missing.</exception>
    public static GrantOperation From(ResolvedConfiguration configuration) => new(
        Setting.Require(configuration, "grant-entitlement", "the id of the entitlement to grant"),
        Ids.Resource(
            Setting.Require(configuration, "grant-principal-type", "the resource type of the principal, for example user"),
            Setting.Require(configuration, "grant-principal", "the id of the resource to grant it to, without its type")));

    public async Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var request = Read(context);
        var connector = await context.ConnectAsync(cancellationToken);
        var carried = await new GrantProvisioning(connector, context.Logger).GrantAsync(request, context.Change, cancellationToken);
        return OperationResult.Of(carried, carried.Response.Annotations, GrantAlreadyExists.Descriptor);
    }

    private GrantManagerServiceGrantRequest Read(OperationContext context)
    {
        using var sync = LatestSync.Open(context);
        var entitlement = sync.Entitlement(entitlementId);
        if (Annotations.Has(entitlement.Resource.Annotations, BatonID.Descriptor))
        {
            throw new ConfigurationException(
                $"cannot grant entitlement on external resource: {entitlement.Resource.Id.ResourceType} {entitlement.Resource.Id.Resource} belongs to another connector, which must grant it");
        }

        return new() { Entitlement = entitlement, Principal = sync.Resource(principalId, "the principal (--grant-principal, --grant-principal-type)") };
    }
}
