using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Deletes a resource, which need not be in any file.</summary>
internal sealed class DeleteResourceOperation(ResourceId id) : IOneShotOperation
{
    public string Name => "delete-resource";

    public bool ChangesTarget => true;

    /// <exception cref="ConfigurationException">Something is missing.</exception>
    public static DeleteResourceOperation From(ResolvedConfiguration configuration) => new(Ids.Resource(
        Setting.Require(configuration, "delete-resource-type", "the type of the resource to delete, for example user"),
        Setting.Require(configuration, "delete-resource", "the id of the resource to delete, without its type")));

    public async Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectAsync(cancellationToken);
        var request = new DeleteResourceRequest { ResourceId = id };
        var carried = await new ResourceDeletion(connector, context.Logger).DeleteAsync(request, context.Change, cancellationToken);
        return OperationResult.Of(carried, carried.Response.Annotations, ResourceDoesNotExist.Descriptor);
    }
}
