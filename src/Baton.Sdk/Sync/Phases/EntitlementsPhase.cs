using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Lists the entitlements of every resource.</summary>
internal sealed class EntitlementsPhase : ISyncPhase
{
    private readonly ResourceWalk _walk = new(
        SyncOperation.ListEntitlements,
        TypeScopedEntitlements.Descriptor,
        skippedTypes: [SkipEntitlementsAndGrants.Descriptor, SkipEntitlements.Descriptor],
        skippedResources: [SkipEntitlementsAndGrants.Descriptor, SkipEntitlements.Descriptor]);

    public SyncOperation Operation => SyncOperation.ListEntitlements;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        session.Writer.SettleResources();
        _walk.Plan(session, root);
        return Task.CompletedTask;
    }

    public async Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
    {
        var resource = Subject(session, action);
        if (session.Syncer(action.ResourceTypeId) is IEntitlementSyncer syncer)
        {
            await session.ConsumeAsync(
                action,
                new Listing("listing entitlements"),
                request => syncer.ListEntitlementsAsync(resource, request, cancellationToken),
                page => Store(session, page.Items),
                cancellationToken);
        }
        else
        {
            session.Plan.Finish(action);
        }

        session.Progress.SubjectDone(Operation, action.ResourceTypeId);
    }

    /// <summary>The resource that an action is about; for a listing of a whole type a stub named after the type.</summary>
    internal static Resource Subject(SyncSession session, SyncAction action)
        => action.TypeScoped
            ? new Resource { Id = Ids.Resource(action.ResourceTypeId, action.ResourceTypeId) }
            : session.Reader.FindResource(action.ResourceTypeId, action.ResourceId)
                ?? throw new ConnectorException(StatusCode.NotFound, $"resource {action.ResourceTypeId}:{action.ResourceId} is not part of this sync");

    private static Task Store(SyncSession session, IReadOnlyList<Entitlement> entitlements)
    {
        var valid = new List<Entitlement>(entitlements.Count);
        foreach (var entitlement in entitlements)
        {
            if (entitlement is not { Id.Length: > 0 } || !ResourceRules.IsComplete(entitlement.Resource))
            {
                session.Quality.InvalidEntitlement();
            }
            else if (session.ChecksReferences && !session.IsPresent(entitlement.Resource.Id.ResourceType))
            {
                session.Quality.EntitlementDropped();
            }
            else
            {
                valid.Add(entitlement);
            }
        }

        session.Writer.Put(valid);
        session.Progress.EntitlementsListed(valid.Count);
        return Task.CompletedTask;
    }
}
