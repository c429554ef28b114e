using Baton.Protocol.Connector.V2;
using Baton.Protocol.Storage.V3;
using Google.Protobuf.Reflection;

namespace Baton.C1z.Pebble;

/// <summary>
/// The connector's messages behind the records of a store. A record holds of other records their ids alone, so the messages do too.
/// </summary>
internal static class RecordMessages
{
    private const string TraitPrefix = "TRAIT_";
    private const string PurposePrefix = "PURPOSE_VALUE_";

    // Records have the names of the values, without what all of them begin with.
    private static readonly EnumDescriptor Traits = EnumOf(ResourceType.Descriptor, "Trait");
    private static readonly EnumDescriptor Purposes = EnumOf(Entitlement.Descriptor, "PurposeValue");

    public static ResourceType ToMessage(this ResourceTypeRecord record)
    {
        var type = new ResourceType
        {
            Id = record.ExternalId,
            DisplayName = record.DisplayName,
            Description = record.Description,
            SourcedExternally = record.SourcedExternally,
        };
        type.Traits.AddRange(record.Traits.Select(trait => (ResourceType.Types.Trait)Number(Traits, TraitPrefix + trait)));
        type.Annotations.AddRange(record.Annotations);
        return type;
    }

    public static Resource ToMessage(this ResourceRecord record)
    {
        var resource = new Resource
        {
            Id = Id(record.ResourceTypeId, record.ResourceId),
            ParentResourceId = record.Parent is { ResourceId.Length: > 0 } parent ? Id(parent.ResourceTypeId, parent.ResourceId) : null,
            DisplayName = record.DisplayName,
            Description = record.Description,
            Profile = record.Profile,
            CreatedAt = record.CreatedAt,
            Status = record.Status is { } status
                ? new Status { Status_ = (Status.Types.ResourceStatus)status.Status, Details = status.Details }
                : null,
            Icon = record.IconAssetExternalId.Length > 0 ? new AssetRef { Id = record.IconAssetExternalId } : null,
        };
        resource.Annotations.AddRange(record.Annotations);
        return resource;
    }

    public static Entitlement ToMessage(this EntitlementRecord record)
    {
        var entitlement = new Entitlement
        {
            Id = record.ExternalId,
            Resource = record.Resource is { } on ? new Resource { Id = Id(on.ResourceTypeId, on.ResourceId) } : null,
            DisplayName = record.DisplayName,
            Description = record.Description,
            Slug = record.Slug,
            Purpose = (Entitlement.Types.PurposeValue)Number(Purposes, PurposePrefix + record.Purpose),
        };
        entitlement.GrantableTo.AddRange(record.GrantableToResourceTypeIds.Select(id => new ResourceType { Id = id }));
        entitlement.Annotations.AddRange(record.Annotations);
        return entitlement;
    }

    /// <summary>The grant as a file keeps it: what makes it expandable is not in the message, but in <see cref="ToMessage(GrantExpandableRecord)"/>.</summary>
    public static Grant ToMessage(this GrantRecord record)
    {
        var grant = new Grant
        {
            Id = record.ExternalId,
            Entitlement = record.Entitlement is { } entitlement
                ? new Entitlement { Id = entitlement.EntitlementId, Resource = new Resource { Id = Id(entitlement.ResourceTypeId, entitlement.ResourceId) } }
                : null,
            Principal = record.Principal is { } principal ? Principal(principal) : null,
        };
        if (grant.Id.Length == 0)
        {
            grant.Id = StandardId(grant.Entitlement?.Id, grant.Principal?.Id);
        }

        grant.Annotations.AddRange(record.Annotations);
        if (record.Sources.Count > 0)
        {
            grant.Sources = new GrantSources();
            foreach (var (id, source) in record.Sources)
            {
                grant.Sources.Sources.Add(id, new GrantSources.Types.GrantSource { IsDirect = source.IsDirect });
            }
        }

        return grant;
    }

    public static GrantExpandable ToMessage(this GrantExpandableRecord record)
    {
        var expandable = new GrantExpandable { Shallow = record.Shallow };
        expandable.EntitlementIds.AddRange(record.EntitlementIds);
        expandable.ResourceTypeIds.AddRange(record.ResourceTypeIds);
        return expandable;
    }

    /// <summary>What a connector calls a grant that it gives no name of its own.</summary>
    public static string StandardId(string? entitlementId, ResourceId? principal) => $"{entitlementId}:{principal?.ResourceType}:{principal?.Resource}";

    private static Resource Principal(PrincipalRef principal) => new()
    {
        Id = Id(principal.ResourceTypeId, principal.ResourceId),
        ParentResourceId = principal.ParentResourceId.Length > 0 ? Id(principal.ParentResourceTypeId, principal.ParentResourceId) : null,
    };

    private static ResourceId Id(string type, string id) => new() { ResourceType = type, Resource = id };

    private static EnumDescriptor EnumOf(MessageDescriptor message, string name) => message.EnumTypes.Single(type => type.Name == name);

    // A name of later times is unspecified here.
    private static int Number(EnumDescriptor values, string name) => values.FindValueByName(name)?.Number ?? 0;
}
