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

    private readonly SpawnedCursors _cursors = new();

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
                page => Store(session, action, page),
                cancellationToken);
        }
        else
        {
            FinishUnlisted(session, action);
        }

        session.Progress.SubjectDone(Operation, action.ResourceTypeId);
    }

    /// <summary>The resource that an action is about; for a listing of a whole type a stub named after the type.</summary>
    internal static Resource Subject(SyncSession session, SyncAction action)
        => action.TypeScoped
            ? new Resource { Id = Ids.Resource(action.ResourceTypeId, action.ResourceTypeId) }
            : session.Reader.FindResource(action.ResourceTypeId, action.ResourceId)
                ?? throw new ConnectorException(StatusCode.NotFound, $"resource {action.ResourceTypeId}:{action.ResourceId} is not part of this sync");

    /// <summary>Most types leave a listing out because there is nothing to list; a type that announces one listing for all must have it.</summary>
    internal static void FinishUnlisted(SyncSession session, SyncAction action)
    {
        if (action.TypeScoped)
        {
            throw new ConnectorException(
                StatusCode.InvalidArgument, $"resource type {action.ResourceTypeId} asks for {action.Operation.Name()} as a whole, and cannot be listed");
        }

        session.Plan.Finish(action);
    }

    private Task Store(SyncSession session, SyncAction action, Page<Entitlement> page)
    {
        var valid = new List<Entitlement>(page.Items.Count);
        foreach (var entitlement in page.Items)
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
                RequireOneGroup(entitlement);
                valid.Add(entitlement);
            }
        }

        session.Writer.Put(valid);
        session.Progress.EntitlementsListed(valid.Count);
        _cursors.Push(session, action, page);
        return Task.CompletedTask;
    }

    private static void RequireOneGroup(Entitlement entitlement)
    {
        if (entitlement.Annotations.Count(annotation => annotation.Is(EntitlementExclusionGroup.Descriptor)) > 1)
        {
            throw new ConnectorException(
                StatusCode.InvalidArgument, $"entitlement {entitlement.Id} is in more than one exclusion group - likely a connector bug");
        }
    }
}
