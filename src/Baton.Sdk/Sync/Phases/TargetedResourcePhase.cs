using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Reads one resource, and plans its children, entitlements and grants.</summary>
internal sealed class TargetedResourcePhase : ISyncPhase
{
    private readonly ResourcesPhase _resources = new();

    public SyncOperation Operation => SyncOperation.TargetedResource;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
        => throw new InvalidOperationException("A targeted sync begins with its targets.");

    public async Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
    {
        var resource = await ReadAsync(session, action, cancellationToken);
        if (resource is null || session.StoredType(action.ResourceTypeId) is not { } type)
        {
            session.Plan.Finish(action);
        }
        else if (!ResourceRules.IsComplete(resource))
        {
            session.Quality.InvalidResource();
            session.Plan.Finish(action);
        }
        else
        {
            ResourceRules.Require(type, resource);
            session.Writer.Put([resource]);
            session.Progress.ResourcesListed(type.Id, 1);
            session.Plan.Finish(action);
            PlanAccess(session, type, resource);
            PlanStaticEntitlements(session, resource);
            _resources.PlanChildren(session, resource);
        }
    }

    // Null, with a remark, when there is no way to read it or nothing to be read: the other targets are worth having.
    private static async Task<Resource?> ReadAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
    {
        var (typeId, resourceId) = (action.ResourceTypeId, action.ResourceId);
        var parent = action.ParentId.Length > 0 ? Ids.Resource(action.ParentTypeId, action.ParentId) : null;
        var reason = $"this connector cannot read one {typeId} by itself";
        try
        {
            if (session.Syncer(typeId) is IResourceGetter getter)
            {
                reason = "the target system does not have it";
                if (await getter.GetResourceAsync(Ids.Resource(typeId, resourceId), parent, cancellationToken) is { } resource)
                {
                    return resource;
                }
            }
        }
        catch (ConnectorException refusal) when (refusal.Code is StatusCode.NotFound or StatusCode.Unimplemented)
        {
            reason = refusal.Message;
        }

        session.Warn($"skipping resource {typeId}:{resourceId}: {reason}");
        return null;
    }

    // Whatever the annotations say, as in a full sync: they are about what is listed for each resource. Without the phase's root action,
    // which is for every resource that is stored.
    private static void PlanStaticEntitlements(SyncSession session, Resource resource)
    {
        if (!session.Options.SkipEntitlementsAndGrants && session.Syncer(resource.Id.ResourceType) is IStaticEntitlementSyncer)
        {
            session.Plan.Push(
                SyncOperation.ListStaticEntitlements, action => action with { ResourceTypeId = resource.Id.ResourceType, ResourceId = resource.Id.Resource });
        }
    }

    // Grants first, so that entitlements are on top of them and run before.
    private static void PlanAccess(SyncSession session, ResourceType type, Resource resource)
    {
        bool Skips<T>()
            where T : Google.Protobuf.IMessage<T>, new()
        {
            var marker = new T().Descriptor;
            return Annotations.Has(type.Annotations, marker) || Annotations.Has(resource.Annotations, marker);
        }

        if (session.Options.SkipEntitlementsAndGrants || Skips<SkipEntitlementsAndGrants>()
            || Annotations.Has(type.Annotations, TypeScopedGrants.Descriptor)
            || Annotations.Has(type.Annotations, TypeScopedEntitlements.Descriptor))
        {
            return;
        }

        SyncAction OfResource(SyncAction action) => action with { ResourceTypeId = resource.Id.ResourceType, ResourceId = resource.Id.Resource };
        if (!session.Options.SkipGrants && !Annotations.Has(resource.Annotations, SkipGrants.Descriptor))
        {
            session.Plan.Push(SyncOperation.ListGrants, OfResource);
        }

        if (!Skips<SkipEntitlements>())
        {
            session.Plan.Push(SyncOperation.ListEntitlements, OfResource);
        }
    }
}
