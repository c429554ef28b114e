using Baton.C1z.Reading;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Tests.Support;

/// <summary>A small sync: two types, a user, two nested groups, what they grant.</summary>
internal static class Samples
{
    public static ResourceType[] Types { get; } = [new() { Id = "group", DisplayName = "Group" }, new() { Id = "user", DisplayName = "User" }];

    public static Resource[] Resources { get; } =
    [
        Resource("group", "1"),
        Resource("group", "2", ResourceId("group", "1")),
        Resource("user", "ada"),
    ];

    public static Entitlement[] Entitlements { get; } = [Entitlement("group", "1"), Entitlement("group", "2")];

    public static Grant[] Grants { get; } =
    [
        Grant(Entitlements[1], Resources[2]),
        Grant(Entitlements[0], Resources[1], Expandable("group:2:member")),
    ];

    public static ResourceId ResourceId(string type, string id) => new() { ResourceType = type, Resource = id };

    public static Resource Resource(string type, string id, ResourceId? parent = null)
        => new() { Id = ResourceId(type, id), DisplayName = $"{type} {id}", ParentResourceId = parent };

    public static Entitlement Entitlement(string type, string id)
        => new() { Id = $"{type}:{id}:member", Slug = "member", Resource = Resource(type, id) };

    public static Grant Grant(Entitlement entitlement, Resource principal, params GrantExpandable[] expandable)
    {
        var grant = new Grant
        {
            Id = $"{entitlement.Id}:{principal.Id.ResourceType}:{principal.Id.Resource}",
            Entitlement = entitlement,
            Principal = principal,
        };
        grant.Annotations.AddRange(expandable.Select(Any.Pack));
        return grant;
    }

    public static GrantExpandable Expandable(params string[] entitlementIds) => new() { EntitlementIds = { entitlementIds } };

    public static Grant WithoutExpandable(Grant grant)
    {
        var stored = grant.Clone();
        stored.Annotations.Clear();
        stored.Annotations.AddRange(grant.Annotations.Where(annotation => !annotation.Is(GrantExpandable.Descriptor)));
        return stored;
    }

    public static void PutAll(SyncWriter writer)
    {
        writer.Put(Types);
        writer.Put(Resources);
        writer.Put(Entitlements);
        writer.Put(Grants);
    }

    public static void AssertAll(SyncReader reader)
    {
        Assert.Equal(Types, reader.ResourceTypes());
        Assert.Equal(Resources, reader.Resources());
        Assert.Equal(Entitlements, reader.Entitlements());
        Assert.Equal(Grants.Select(WithoutExpandable), reader.Grants());
    }
}
