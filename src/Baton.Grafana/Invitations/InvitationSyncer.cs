using System.Globalization;
using System.Runtime.CompilerServices;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Invitations;

/// <summary>
/// Pending invitations of every organization that can be looked into: the resource type <c>invitation</c>. An offer that nobody took back
/// is access that somebody can have at any time.
/// </summary>
/// <param name="reach">Where to look.</param>
/// <param name="withdrawal">How one is taken back.</param>
internal sealed class InvitationSyncer(IOrganizationReach reach, InvitationWithdrawal withdrawal) : IResourceSyncer, IPlacedSyncer, IResourceDeleter
{
    public const string TypeId = "invitation";

    private static readonly Needs Needed = new("invitations", PermissionTable.ListingsOf(TypeId, CredentialKinds.Token), TypeId);

    public ResourceType Type { get; } = MakeType();

    public async IAsyncEnumerable<Page<Resource>> ListResourcesAsync(
        ResourceId? parent, PageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var views in (await reach.ListAsync(Needed, request.Sync, cancellationToken)).Chunk(request.Sync.Parallelism))
        {
            var listed = await Task.WhenAll(views.Select(view => ListAsync(view, cancellationToken)));
            yield return new([.. listed.SelectMany(resources => resources)]);
        }
    }

    public IEnumerable<string> PlacesOf(Resource resource) => OrganizationPlaces.Of(resource);

    public Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken)
        => long.TryParse(id.Resource, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? withdrawal.RunAsync(number, change, cancellationToken)
            : throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Connector}invalid invitation ID {id.Resource}: it must be a number");

    private static async Task<IEnumerable<Resource>> ListAsync(OrganizationView view, CancellationToken cancellationToken)
        => (await view.Grafana.ListInvitesAsync(cancellationToken)).Select(invite => InvitationResource.Make(invite, view.Organization));

    private static ResourceType MakeType()
    {
        var type = new ResourceType { Id = TypeId, DisplayName = "Invitation", Description = "A pending invitation into an organization" };
        type.Traits.Add(ResourceType.Types.Trait.User);
        type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        type.Annotations.Add(Annotations.Of(new OptInRequired()));
        type.Annotations.Add(PermissionTable.AnnotationFor(TypeId));
        return type;
    }
}
