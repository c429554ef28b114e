using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Sync.Phases;

/// <summary>What must hold of a resource before it is stored.</summary>
internal static class ResourceRules
{
    private static readonly Dictionary<Trait, MessageDescriptor> TraitAnnotations = new()
    {
        [Trait.User] = UserTrait.Descriptor,
        [Trait.Group] = GroupTrait.Descriptor,
        [Trait.Role] = RoleTrait.Descriptor,
        [Trait.App] = AppTrait.Descriptor,
        [Trait.Secret] = SecretTrait.Descriptor,
    };

    public static bool IsComplete(Resource? resource)
        => resource is { Id: { ResourceType.Length: > 0, Resource.Length: > 0 } };

    /// <exception cref="ConnectorException">The resource claims what only the engine may, or lacks what its type promises.</exception>
    public static void Require(ResourceType type, Resource resource)
    {
        if (Annotations.Has(resource.Annotations, BatonID.Descriptor))
        {
            throw new ConnectorException(StatusCode.Internal, "connector returned a resource with SDK-reserved BatonID ownership annotation");
        }

        foreach (var trait in type.Traits)
        {
            if (TraitAnnotations.TryGetValue(trait, out var annotation) && !Annotations.Has(resource.Annotations, annotation))
            {
                throw new SyncException($"resource was missing expected trait {annotation.Name} ({resource.Id.ResourceType}:{resource.Id.Resource})");
            }
        }
    }
}
