using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

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
        var id = Ids.Resource(action.ResourceTypeId, action.ResourceId);
        var parent = action.ParentId.Length > 0 ? Ids.Resource(action.ParentTypeId, action.ParentId) : null;
        if (session.Syncer(id.ResourceType) is not IResourceGetter getter)
        {
            session.Warn($"skipping resource {id.ResourceType}:{id.Resource}: this connector cannot read one {id.ResourceType} by itself");
        }
        else if (await getter.GetResourceAsync(id, parent, cancellationToken) is not { } resource)
        {
            session.Warn($"skipping resource {id.ResourceType}:{id.Resource}: the target system does not have it");
        }
        else if (session.StoredType(id.ResourceType) is { } type)
        {
            ResourceRules.Require(type, resource);
            session.Writer.Put([resource]);
            session.Progress.ResourcesListed(type.Id, 1);
            session.Plan.Finish(action);
            PlanAccess(session, type, resource);
            _resources.PlanChildren(session, resource);
            return;
        }

        session.Plan.Finish(action);
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
            || Annotations.Has(type.Annotations, TypeScopedGrants.Descriptor))
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
