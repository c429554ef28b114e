using System.Runtime.CompilerServices;
using Baton.Grafana.Accounts;
using Baton.Grafana.Listings;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Administrators;

/// <summary>
/// The server itself: the resource type <c>instance</c> with its one resource, and as grants, who administrates it. That right is above
/// every organization and independent of the roles there, so it belongs to none of them.
/// </summary>
internal sealed class InstanceSyncer(ServerDirectory directory, ServerAdministration administration)
    : IResourceSyncer, IResourceGetter, IEntitlementSyncer, IGrantSyncer, IGrantProvisioner
{
    public const string TypeId = "instance";
    public const string Instance = "grafana";
    public const string ServerAdministrator = "server-admin";
    public const string ServerAdministratorId = $"{TypeId}:{Instance}:{ServerAdministrator}";

    public static ResourceType InstanceType { get; } = MakeType();

    public ResourceType Type => InstanceType;

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([Make()]);
    }

    public Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
        => Task.FromResult(id.Resource == Instance ? Make() : null);

    public async IAsyncEnumerable<Page<Entitlement>> ListEntitlementsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([new Entitlement
        {
            Id = ServerAdministratorId,
            Resource = resource,
            Slug = ServerAdministrator,
            DisplayName = "Grafana server administrator",
            Description = $"Controls every organization, account and setting of {resource.DisplayName}",
            Purpose = Entitlement.Types.PurposeValue.Permission,
            GrantableTo = { UserSyncer.UserType },
        }]);
    }

    public async IAsyncEnumerable<Page<Grant>> ListGrantsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var administrators = await directory.ListAdministratorsAsync(request.Sync, cancellationToken);
        var entitlement = new Entitlement { Id = ServerAdministratorId, Resource = new Resource { Id = resource.Id, DisplayName = resource.DisplayName } };
        foreach (var few in administrators.Chunk(PageSize.Written))
        {
            yield return new([.. few.Select(id => Make(entitlement, id))]);
        }
    }

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
        => administration.GrantAsync(entitlement, principal, change, cancellationToken);

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
        => administration.RevokeAsync(grant, change, cancellationToken);

    private Resource Make() => new() { Id = Ids.Resource(TypeId, Instance), DisplayName = administration.Instance.Host };

    private static Grant Make(Entitlement entitlement, long accountId)
    {
        var principal = AccountResource.IdOf(accountId);
        return new Grant { Id = Ids.Grant(entitlement.Id, principal), Entitlement = entitlement, Principal = new Resource { Id = principal } };
    }

    private static ResourceType MakeType()
    {
        var type = new ResourceType { Id = TypeId, DisplayName = "Grafana instance" };
        type.Annotations.Add(PermissionTable.AnnotationFor(TypeId));
        return type;
    }
}
