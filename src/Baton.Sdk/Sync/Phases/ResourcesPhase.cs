using System.Collections.Concurrent;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Lists the resources of every type, and what lies below them.</summary>
internal sealed class ResourcesPhase : ISyncPhase
{
    // Once a process: a resource that is listed twice has its children listed once.
    private readonly ConcurrentDictionary<(string ChildType, string ParentType, string Parent), bool> _childrenPlanned = new();

    public SyncOperation Operation => SyncOperation.ListResources;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        session.Plan.Finish(root);
        foreach (var type in session.StoredTypes)
        {
            session.Plan.Push(SyncOperation.ListResources, action => action with { ResourceTypeId = type.Id });
        }

        return Task.CompletedTask;
    }

    public async Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
    {
        var type = session.StoredType(action.ResourceTypeId)
            ?? throw new ConnectorException(StatusCode.NotFound, $"resource type {action.ResourceTypeId} is not part of this sync");
        var syncer = session.Syncer(type.Id)
            ?? throw new ConnectorException(StatusCode.NotFound, $"resource type {type.Id} is not known to this connector");
        var parent = action.ParentId.Length > 0 ? Ids.Resource(action.ParentTypeId, action.ParentId) : null;

        await session.ConsumeAsync(
            action,
            new Listing("listing resources", $"type={type.Id}, parent={(parent is null ? "" : $"{parent.ResourceType}:{parent.Resource}")}"),
            request => syncer.ListResourcesAsync(parent, request, cancellationToken),
            page => Store(session, type, page.Items),
            cancellationToken);
        session.Progress.ResourcesDone(type.Id);
    }

    /// <summary>Stores resources and plans their children; shared with targeted syncs.</summary>
    public void PlanChildren(SyncSession session, Resource resource)
    {
        foreach (var child in Annotations.All<ChildResourceType>(resource.Annotations))
        {
            if (session.IsSelected(child.ResourceTypeId)
                && _childrenPlanned.TryAdd((child.ResourceTypeId, resource.Id.ResourceType, resource.Id.Resource), value: true))
            {
                session.Plan.Push(SyncOperation.ListResources, action => action with
                {
                    ResourceTypeId = child.ResourceTypeId,
                    ParentTypeId = resource.Id.ResourceType,
                    ParentId = resource.Id.Resource,
                });
            }
        }
    }

    private Task Store(SyncSession session, ResourceType type, IReadOnlyList<Resource> resources)
    {
        var valid = new List<Resource>(resources.Count);
        foreach (var resource in resources)
        {
            if (ResourceRules.IsComplete(resource))
            {
                ResourceRules.Require(type, resource);
                PlanChildren(session, resource);
                valid.Add(resource);
            }
            else
            {
                session.Quality.InvalidResource();
            }
        }

        session.Writer.Put(valid);
        session.Progress.ResourcesListed(type.Id, valid.Count);
        return Task.CompletedTask;
    }
}
