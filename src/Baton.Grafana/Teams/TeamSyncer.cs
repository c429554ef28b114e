using System.Runtime.CompilerServices;
using Baton.Grafana.Accounts;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Roles;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Teams;

/// <summary>Teams: the resource type <c>team</c>, who belongs to them and who administers them, and the RBAC roles that they hold.</summary>
internal sealed class TeamSyncer(TeamDirectory directory, TeamMembers members, TeamProvisioning provisioning, ITeamRoles? roles = null)
    : IResourceSyncer, IPlacedSyncer, IResourceGetter, IStaticEntitlementSyncer, IGrantSyncer, IGrantProvisioner
{
    public const string TypeId = "team";

    public static ResourceType TeamType { get; } = MakeType();

    public ResourceType Type => TeamType;

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var teams in directory.ListAsync(request.Sync, cancellationToken))
        {
            yield return new([.. teams.Teams.Select(team => TeamResource.Make(team, teams.OrganizationId))]);
        }
    }

    public IEnumerable<string> PlacesOf(Resource resource) => OrganizationPlaces.Of(resource);

    public async Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
        => TeamResource.ParseId(id) is { } number && await directory.FindAsync(number, cancellationToken) is { } found
            ? TeamResource.Make(found.Teams[0], found.OrganizationId)
            : null;

    public async IAsyncEnumerable<Page<Entitlement>> ListStaticEntitlementsAsync(
        PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([.. TeamRight.All.Select(Make)]);
    }

    public async IAsyncEnumerable<Page<Grant>> ListGrantsAsync(
        Resource resource, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var team = TeamResource.Read(resource);
        var entitlements = TeamRight.All.ToDictionary(right => right, right => Reference(resource, right));
        var listed = await members.ListAsync(team, request.Sync, cancellationToken);
        foreach (var few in listed.Chunk(PageSize.Written))
        {
            yield return new([.. few.SelectMany(member => Make(team, member, entitlements))]);
        }

        if (listed.Count(member => TeamRight.All.All(right => right.Permission != member.Row.Permission)) is > 0 and var unknown)
        {
            request.Sync.Warn($"{unknown} members of {team} hold a permission that this version does not know; they are shown as plain members");
        }

        if (roles is not null && request.Sync.IsSelected(RoleSyncer.TypeId))
        {
            yield return new(await roles.ListAsync(resource, request.Sync, cancellationToken));
        }
    }

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
        => provisioning.GrantAsync(entitlement, principal, change, cancellationToken);

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
        => provisioning.RevokeAsync(grant, change, cancellationToken);

    // Who administers a team is a member of it, also to those who know no other entitlement.
    private static IEnumerable<Grant> Make(TeamReference team, TeamPrincipal member, Dictionary<TeamRight, Entitlement> entitlements)
    {
        var isImmutable = team.IsProvisioned || member.Row.IsSynchronized || member.IsServiceAccount;
        foreach (var right in TeamRight.All.Where(right => right == TeamRight.Member || right.Permission == member.Row.Permission))
        {
            var grant = new Grant
            {
                Id = Ids.Grant(entitlements[right].Id, member.Id),
                Entitlement = entitlements[right],
                Principal = new Resource { Id = member.Id },
            };
            if (isImmutable)
            {
                grant.Annotations.Add(Annotations.Of(new GrantImmutable()));
            }

            yield return grant;
        }
    }

    private static Entitlement Make(TeamRight right)
    {
        var entitlement = new Entitlement
        {
            Slug = right.Slug,
            DisplayName = right.DisplayName,
            Description = right.Description,
            Purpose = Entitlement.Types.PurposeValue.Assignment,
        };
        entitlement.GrantableTo.Add(UserSyncer.UserType);
        return entitlement;
    }

    /// <summary>The entitlement as grants refer to it. Shared by all grants of the right.</summary>
    private static Entitlement Reference(Resource team, TeamRight right) => new()
    {
        Id = Ids.Entitlement(team.Id, right.Slug),
        Resource = TeamResource.Reference(team),
    };

    private static ResourceType MakeType()
    {
        var type = new ResourceType { Id = TypeId, DisplayName = "Team" };
        type.Traits.Add(ResourceType.Types.Trait.Group);
        type.Annotations.Add(Annotations.Of(new SkipEntitlements()));
        type.Annotations.Add(PermissionTable.AnnotationFor(TypeId));
        return type;
    }
}
