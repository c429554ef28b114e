using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;

namespace Baton.Sdk.Tests.Sync;

/// <summary>Messages as connectors send them.</summary>
internal static class Make
{
    public static Resource User(string id, params IMessage[] annotations) => Resource("user", id, [new UserTrait(), .. annotations]);

    public static Resource Group(string id, params IMessage[] annotations) => Resource("group", id, [new GroupTrait(), .. annotations]);

    public static Resource Resource(string type, string id, params IMessage[] annotations)
        => new() { Id = Ids.Resource(type, id), DisplayName = $"{type} {id}", Annotations = { annotations.Select(Annotations.Of) } };

    public static Resource Below(this Resource resource, ResourceId parent)
    {
        resource.ParentResourceId = parent;
        return resource;
    }

    public static Entitlement Entitlement(Resource resource, string slug, params IMessage[] annotations) => new()
    {
        Id = Ids.Entitlement(resource.Id, slug),
        Resource = resource,
        Slug = slug,
        DisplayName = slug,
        Annotations = { annotations.Select(Annotations.Of) },
    };

    public static Grant Grant(Entitlement entitlement, Resource principal, params IMessage[] annotations) => new()
    {
        Id = Ids.Grant(entitlement.Id, principal.Id),
        Entitlement = entitlement,
        Principal = principal,
        Annotations = { annotations.Select(Annotations.Of) },
    };

    /// <summary>Whoever holds one of the entitlements holds what the grant is of.</summary>
    public static GrantExpandable Expandable(params string[] entitlementIds) => new() { EntitlementIds = { entitlementIds } };
}
