using System.Globalization;
using System.Runtime.CompilerServices;
using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Memberships;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ConnectorOrganization = Baton.Grafana.Organizations.Organization;

namespace Baton.Grafana.Organizations;

/// <summary>Organizations: the resource type <c>org</c>, one entitlement a role, and the memberships as grants.</summary>
internal sealed class OrganizationSyncer(IGrafanaDirectory directory, RoleProvisioning roles)
    : IResourceSyncer, IPlacedSyncer, IResourceGetter, IEntitlementSyncer, IGrantSyncer, IGrantProvisioner
{
    public const string TypeId = "org";

    public static ResourceType OrganizationType { get; } = MakeType();

    public ResourceType Type => OrganizationType;

    // A server that hides its version is taken for a current one; an old one answers None with an error, and nobody there has it.
    private bool HasRoleNone => directory.Version is not { } version || version >= GrafanaVersion.RoleNone;

    public static ResourceId IdOf(long id) => Ids.Resource(TypeId, id.ToString(CultureInfo.InvariantCulture));

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var organizations in directory.ListOrganizationsAsync(request.Sync, cancellationToken))
        {
            yield return new([.. organizations.Select(Make)]);
        }
    }

    public IEnumerable<string> PlacesOf(Resource resource) => [resource.Id.Resource];

    public async Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
        => TryParse(id) is { } number && await directory.FindOrganizationAsync(number, cancellationToken) is { } organization ? Make(organization) : null;

    public async IAsyncEnumerable<Page<Entitlement>> ListEntitlementsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([.. OrganizationRole.All.Where(role => HasRoleNone || role != OrganizationRole.None).Select(role => Make(resource, role))]);
    }

    public async IAsyncEnumerable<Page<Grant>> ListGrantsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = TryParse(resource.Id)
            ?? throw new ConnectorException(StatusCode.InvalidArgument, $"invalid organization id {resource.Id.Resource}");
        var organization = new ConnectorOrganization(id, resource.DisplayName);
        var entitlements = OrganizationRole.All.ToDictionary(role => role.Name, role => Reference(resource, role), StringComparer.Ordinal);
        var unknownRoles = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
        await foreach (var slice in directory.ListMembershipsAsync(organization, request.Sync, cancellationToken))
        {
            foreach (var few in slice.Chunk(PageSize.Written))
            {
                yield return new(Make(few, entitlements, unknownRoles));
            }
        }

        foreach (var (role, holders) in unknownRoles)
        {
            request.Sync.Warn($"organization {id} ({resource.DisplayName}): {holders.Count} members hold the role '{role}', which this version does not know and does not show");
        }
    }

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
        => roles.GrantAsync(entitlement, principal, change, cancellationToken);

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
        => roles.RevokeAsync(grant, change, cancellationToken);

    private static List<Grant> Make(
        Membership[] memberships, Dictionary<string, Entitlement> entitlements, Dictionary<string, HashSet<long>> unknownRoles)
    {
        var grants = new List<Grant>(memberships.Length);
        foreach (var membership in memberships)
        {
            if (entitlements.TryGetValue(membership.Role, out var entitlement))
            {
                grants.Add(Make(entitlement, membership));
            }
            else if (unknownRoles.TryGetValue(membership.Role, out var holders))
            {
                holders.Add(membership.AccountId);
            }
            else
            {
                unknownRoles[membership.Role] = [membership.AccountId];
            }
        }

        return grants;
    }

    private static Resource Make(ConnectorOrganization organization)
    {
        var resource = new Resource
        {
            Id = IdOf(organization.Id),
            DisplayName = organization.Name,
            Profile = new Struct(),
        };
        resource.Profile.Fields["org_id"] = Value.ForNumber(organization.Id);
        resource.Profile.Fields["name"] = Value.ForString(organization.Name);
        return resource;
    }

    private static Entitlement Make(Resource organization, OrganizationRole role)
    {
        var entitlement = new Entitlement
        {
            Id = Ids.Entitlement(organization.Id, role.Name),
            Resource = organization,
            Slug = role.Name,
            DisplayName = $"{organization.DisplayName} {role.DisplayName}",
            Description = $"{role.Description} {organization.DisplayName} Grafana organization",
            Purpose = Entitlement.Types.PurposeValue.Permission,
        };
        entitlement.GrantableTo.Add(UserSyncer.UserType);

        // A member has exactly one role, so granting one takes the place of another.
        entitlement.Annotations.Add(Annotations.Of(new EntitlementExclusionGroup
        {
            ExclusionGroupId = $"org-role-{organization.Id.Resource}",
            Order = role.Order,
        }));
        return entitlement;
    }

    /// <summary>The entitlement as grants refer to it: its id and its organization. Shared by all grants of the role.</summary>
    private static Entitlement Reference(Resource organization, OrganizationRole role) => new()
    {
        Id = Ids.Entitlement(organization.Id, role.Name),
        Resource = new Resource { Id = organization.Id, DisplayName = organization.DisplayName },
    };

    private static Grant Make(Entitlement entitlement, Membership membership)
    {
        var principal = AccountResource.IdOf(membership.AccountId);
        var grant = new Grant
        {
            Id = Ids.Grant(entitlement.Id, principal),
            Entitlement = entitlement,
            Principal = new Resource { Id = principal },
        };
        if (membership.IsExternallySynced)
        {
            var metadata = new Struct();
            metadata.Fields["is_externally_synced"] = Value.ForBool(true);
            grant.Annotations.Add(Annotations.Of(new GrantMetadata { Metadata = metadata }));
        }

        return grant;
    }

    private static long? TryParse(ResourceId id)
        => long.TryParse(id.Resource, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ResourceType MakeType()
    {
        var type = new ResourceType { Id = TypeId, DisplayName = "Organization" };
        type.Annotations.Add(PermissionTable.AnnotationFor(TypeId));
        return type;
    }
}
