using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Makes the entitlements that all resources of a type have alike, or one of them, from the type's templates.</summary>
internal sealed class StaticEntitlementsPhase : ISyncPhase
{
    private const int BatchSize = 1000;

    public SyncOperation Operation => SyncOperation.ListStaticEntitlements;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        session.Writer.SettleResources();
        session.Plan.Finish(root);
        foreach (var syncer in session.Connector.Syncers.Where(syncer => syncer is IStaticEntitlementSyncer))
        {
            session.Plan.Push(SyncOperation.ListStaticEntitlements, action => action with { ResourceTypeId = syncer.Type.Id });
        }

        return Task.CompletedTask;
    }

    public async Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
    {
        if (session.Syncer(action.ResourceTypeId) is not IStaticEntitlementSyncer syncer)
        {
            throw new ConnectorException(StatusCode.NotFound, $"resource type {action.ResourceTypeId} has no static entitlements any more");
        }

        await session.ConsumeAsync(
            action,
            new Listing("listing static entitlements"),
            request => syncer.ListStaticEntitlementsAsync(request, cancellationToken),
            page => Store(session, action, page.Items),
            cancellationToken);
    }

    private static Task Store(SyncSession session, SyncAction action, IReadOnlyList<Entitlement> templates)
    {
        var subjects = action.ResourceId.Length > 0
            ? [EntitlementsPhase.Subject(session, action)]
            : session.Reader.Resources(new() { ResourceTypeId = action.ResourceTypeId });
        foreach (var resources in subjects.Chunk(BatchSize))
        {
            var entitlements = resources.SelectMany(resource => templates.Select(template => Make(template, resource))).ToList();
            session.Writer.Put(entitlements);
            session.Progress.EntitlementsListed(entitlements.Count);
        }

        return Task.CompletedTask;
    }

    private static Entitlement Make(Entitlement template, Resource resource)
    {
        var entitlement = new Entitlement
        {
            Id = Ids.Entitlement(resource.Id, template.Slug),
            Resource = resource,
            DisplayName = template.DisplayName.Length > 0 ? template.DisplayName : resource.DisplayName,
            Description = template.Description.Length > 0 ? template.Description : resource.Description,
            Slug = template.Slug,
            Purpose = template.Purpose,
        };
        entitlement.GrantableTo.Add(template.GrantableTo);
        entitlement.Annotations.Add(template.Annotations.Select(annotation => ScopeToResource(annotation, resource)));
        return entitlement;
    }

    // One template serves many resources; a group that is meant per resource needs a name per resource.
    private static Any ScopeToResource(Any annotation, Resource resource)
    {
        if (!annotation.Is(EntitlementExclusionGroup.Descriptor))
        {
            return annotation;
        }

        var group = annotation.Unpack<EntitlementExclusionGroup>();
        if (!group.ScopeToResource)
        {
            return annotation;
        }

        group.ExclusionGroupId = $"{group.ExclusionGroupId}-{resource.Id.Resource}";
        return Annotations.Of(group);
    }
}
