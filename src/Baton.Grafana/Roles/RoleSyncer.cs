using System.Globalization;
using System.Runtime.CompilerServices;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Roles;

/// <summary>
/// Roles of access control (Enterprise and Cloud): the resource type <c>role</c>. Who holds them is told by the teams, as upstream has it,
/// unless all roles of everybody are asked for, which the type then lists in one go.
/// </summary>
internal sealed class RoleSyncer(RoleListing listing, RoleAssignments assignments, RoleScope scope) : IResourceSyncer, IPlacedSyncer, IStaticEntitlementSyncer, IGrantSyncer
{
    public const string TypeId = "role";
    public const string Assigned = "assigned";

    public ResourceType Type { get; } = MakeType(scope);

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new([.. (await listing.ListAsync(request.Sync, cancellationToken)).Select(Make)]);
    }

    /// <summary>Those of a role that some have of their own; one that all have is in each.</summary>
    public IEnumerable<string> PlacesOf(Resource resource) => OrganizationPlaces.Of(resource);

    public async IAsyncEnumerable<Page<Entitlement>> ListStaticEntitlementsAsync(PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([new Entitlement
        {
            Slug = Assigned,
            DisplayName = "Assigned",
            Description = "Holder of a Grafana role",
            Purpose = Entitlement.Types.PurposeValue.Assignment,
        }]);
    }

    /// <summary>Those of all roles, whichever is asked about; in the scope <c>irm-oncall</c> the engine does not ask.</summary>
    public async IAsyncEnumerable<Page<Grant>> ListGrantsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var grants in assignments.ListAsync(request.Sync, cancellationToken))
        {
            yield return new(grants);
        }
    }

    private static Resource Make(ListedRole listed)
    {
        var role = listed.Role;
        var profile = new Struct
        {
            Fields =
            {
                ["uid"] = Value.ForString(role.Uid ?? ""),
                ["name"] = Value.ForString(role.Name),
                ["description"] = Value.ForString(role.Description ?? ""),
                ["group"] = Value.ForString(role.Group ?? ""),
                ["global"] = Value.ForBool(role.Global == true),
            },
        };
        if (role.Global == false)
        {
            profile.Fields["org_ids"] = Value.ForList(
                [.. listed.Organizations.Select(id => Value.ForString(id.ToString(CultureInfo.InvariantCulture)))]);
        }

        var resource = new Resource
        {
            Id = Ids.Resource(TypeId, role.Name),
            DisplayName = DisplayName(string.IsNullOrEmpty(role.DisplayName) ? role.Name : role.DisplayName, role.Group),
            Profile = profile,
        };

        // As with accounts: older readers and the platform look for it in the trait.
#pragma warning disable CS0612
        resource.Annotations.Add(Annotations.Of(new RoleTrait { Profile = profile }));
#pragma warning restore CS0612
        return resource;
    }

    private static string DisplayName(string name, string? group)
    {
        const string product = "Grafana ";
        return string.IsNullOrEmpty(group) ? name
            : $"{name} ({(group.StartsWith(product, StringComparison.Ordinal) ? group[product.Length..] : group)})";
    }

    private static ResourceType MakeType(RoleScope scope)
    {
        var type = new ResourceType { Id = TypeId, DisplayName = "Role" };
        type.Traits.Add(ResourceType.Types.Trait.Role);
        type.Annotations.Add(Annotations.Of(new OptInRequired()));
        if (scope.IncludesAccounts)
        {
            type.Annotations.Add(Annotations.Of(new SkipEntitlements()));
            type.Annotations.Add(Annotations.Of(new TypeScopedGrants()));
        }
        else
        {
            type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        }

        type.Annotations.Add(PermissionTable.AnnotationFor(TypeId, scope));
        return type;
    }
}
