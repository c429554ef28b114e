using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>
/// Service accounts: the resource type <c>service_account</c>. Each has a role in its organization, which no listing of the
/// organization's members shows: so its grants are on the organization.
/// </summary>
internal class ServiceAccountSyncer : IResourceSyncer, IPlacedSyncer, IResourceGetter, IGrantSyncer
{
    private readonly ServerBuildProbe _build;

    /// <param name="directory">Where they are read.</param>
    /// <param name="build">Which Grafana it is.</param>
    /// <param name="organizationsAreSynced">Whether organizations are, since grants on what is not synced are of no use.</param>
    public ServiceAccountSyncer(ServiceAccountDirectory directory, ServerBuildProbe build, bool organizationsAreSynced)
    {
        (Directory, _build) = (directory, build);
        Type = MakeType(organizationsAreSynced);
    }

    public ResourceType Type { get; }

    protected ServiceAccountDirectory Directory { get; }

    // A server that hides its version is taken for a current one.
    private bool HasRoleNone => _build.Known.Version is not { } version || version >= GrafanaVersion.RoleNone;

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var accounts in Directory.ListAsync(request.Sync, cancellationToken))
        {
            foreach (var few in accounts.Chunk(PageSize.Written))
            {
                yield return new([.. few.Select(ServiceAccountResource.Make)]);
            }
        }
    }

    public IEnumerable<string> PlacesOf(Resource resource) => OrganizationPlaces.Of(resource);

    public async Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
        => await Directory.FindAsync(TokenHandle.ParseServiceAccount(id), cancellationToken) is { } account ? ServiceAccountResource.Make(account) : null;

    public async IAsyncEnumerable<Page<Grant>> ListGrantsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!request.Sync.IsSelected(OrganizationSyncer.TypeId))
        {
            yield break;
        }

        var fields = resource.Profile.Fields;
        var name = fields["role"].StringValue is { Length: > 0 } given ? given : OrganizationRole.None.Name;
        if (OrganizationRole.Find(name) is not { } role)
        {
            request.Sync.Warn($"service accounts hold the role '{name}', which this version does not know and does not show");
        }
        else if (role != OrganizationRole.None || HasRoleNone)
        {
            yield return new([Make(fields["org_id"].StringValue, role, resource.Id)]);
        }
    }

    private static Grant Make(string organizationId, OrganizationRole role, ResourceId principal)
    {
        var organization = Ids.Resource(OrganizationSyncer.TypeId, organizationId);
        var entitlement = new Entitlement
        {
            Id = Ids.Entitlement(organization, role.Name),
            Resource = new Resource { Id = organization },
        };
        return new Grant
        {
            Id = Ids.Grant(entitlement.Id, principal),
            Entitlement = entitlement,
            Principal = new Resource { Id = principal },

            // Changed with the service account only, in Grafana.
            Annotations = { Annotations.Of(new GrantImmutable()) },
        };
    }

    private static ResourceType MakeType(bool organizationsAreSynced)
    {
        var type = new ResourceType { Id = ServiceAccountResource.TypeId, DisplayName = "Service Account" };
        type.Traits.Add(ResourceType.Types.Trait.User);
        type.Annotations.Add(PermissionTable.AnnotationFor(ServiceAccountResource.TypeId));
        type.Annotations.Add(Annotations.Of(new SkipEntitlements()));
        if (!organizationsAreSynced)
        {
            type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        }

        return type;
    }
}
