using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>
/// The text forms of ids, which the platform stores: a public contract. Plain <c>:</c> joins, not escaped, so that they are made here
/// and never taken apart by splitting.
/// </summary>
public static class Ids
{
    public static ResourceId Resource(string typeId, string id) => new() { ResourceType = typeId, Resource = id };

    /// <summary><c>type:id:slug</c></summary>
    public static string Entitlement(ResourceId resource, string slug)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return $"{resource.ResourceType}:{resource.Resource}:{slug}";
    }

    /// <summary><c>entitlement id:principal type:principal id</c></summary>
    public static string Grant(string entitlementId, ResourceId principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return $"{entitlementId}:{principal.ResourceType}:{principal.Resource}";
    }
}
