using System.Runtime.CompilerServices;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sample;

/// <summary>Groups: each has one entitlement, being a member, which can be granted and revoked.</summary>
internal sealed class GroupSyncer(GroupFile file) : IResourceSyncer, IEntitlementSyncer, IGrantSyncer, IGrantProvisioner
{
    private const string TypeId = "group";
    private const string Member = "member";

    public ResourceType Type { get; } = new() { Id = TypeId, DisplayName = "Group", Traits = { ResourceType.Types.Trait.Group } };

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var groups = await file.ReadAsync(cancellationToken);
        yield return new([.. groups.Keys.Select(name => new Resource
        {
            Id = Ids.Resource(TypeId, name),
            DisplayName = name,
            Annotations = { Annotations.Of(new GroupTrait()) },
        })]);
    }

    public async IAsyncEnumerable<Page<Entitlement>> ListEntitlementsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([new Entitlement
        {
            Id = Ids.Entitlement(resource.Id, Member),
            Resource = resource,
            Slug = Member,
            DisplayName = $"{resource.DisplayName} member",
            Purpose = Entitlement.Types.PurposeValue.Assignment,
            GrantableTo = { new ResourceType { Id = PersonSyncer.TypeId } },
        }]);
    }

    public async IAsyncEnumerable<Page<Grant>> ListGrantsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entitlement = new Entitlement { Id = Ids.Entitlement(resource.Id, Member), Resource = new Resource { Id = resource.Id } };
        var members = await MembersAsync(resource.Id, cancellationToken);
        yield return new([.. members.Select(name => Ids.Resource(PersonSyncer.TypeId, name)).Select(principal => new Grant
        {
            Id = Ids.Grant(entitlement.Id, principal),
            Entitlement = entitlement,
            Principal = new Resource { Id = principal },
        })]);
    }

    public async Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
    {
        var (group, name) = (entitlement.Resource.Id, principal.Id.Resource);
        var members = await MembersAsync(group, cancellationToken);
        if (members.Contains(name))
        {
            return new($"{name} is in {group.Resource} already") { Annotations = [Annotations.Of(new GrantAlreadyExists())] };
        }

        await file.WriteAsync(group.Resource, members.Append(name), change, cancellationToken);
        return new($"{name} is in {group.Resource}");
    }

    public async Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
    {
        var (group, name) = (grant.Entitlement.Resource.Id, grant.Principal.Id.Resource);
        var members = await MembersAsync(group, cancellationToken);
        if (!members.Contains(name))
        {
            return new($"{name} is not in {group.Resource}") { Annotations = [Annotations.Of(new GrantAlreadyRevoked())] };
        }

        await file.WriteAsync(group.Resource, members.Where(member => member != name), change, cancellationToken);
        return new($"{name} is no longer in {group.Resource}");
    }

    private async Task<SortedSet<string>> MembersAsync(ResourceId group, CancellationToken cancellationToken)
        => (await file.ReadAsync(cancellationToken)).GetValueOrDefault(group.Resource)
            ?? throw new ConnectorException(StatusCode.NotFound, $"there is no group {group.Resource}");
}
