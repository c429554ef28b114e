using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Sync.Phases;

/// <summary>Lists the grants on every resource.</summary>
internal sealed class GrantsPhase : ISyncPhase
{
    private readonly ResourceWalk _walk = new(
        SyncOperation.ListGrants,
        TypeScopedGrants.Descriptor,
        skippedTypes: [SkipEntitlementsAndGrants.Descriptor],
        skippedResources: [SkipEntitlementsAndGrants.Descriptor, SkipGrants.Descriptor]);

    private readonly SpawnedCursors _cursors = new();

    public SyncOperation Operation => SyncOperation.ListGrants;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        session.Writer.SettleEntitlements();
        _walk.Plan(session, root);
        return Task.CompletedTask;
    }

    public async Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
    {
        var resource = EntitlementsPhase.Subject(session, action);
        if (session.Syncer(action.ResourceTypeId) is IGrantSyncer syncer)
        {
            await session.ConsumeAsync(
                action,
                new Listing($"listing grants for resource {action.ResourceTypeId}/{action.ResourceId}"),
                request => syncer.ListGrantsAsync(resource, request, cancellationToken),
                page => StoreAsync(session, action, page, cancellationToken),
                cancellationToken);
        }
        else
        {
            EntitlementsPhase.FinishUnlisted(session, action);
        }

        session.Progress.SubjectDone(Operation, action.ResourceTypeId);
    }

    private async Task StoreAsync(SyncSession session, SyncAction action, Page<Grant> page, CancellationToken cancellationToken)
    {
        var grants = GrantRules.Filter(session, page.Items);
        if (Annotations.Find<InsertResourceGrants>(page.Annotations) is { } insert)
        {
            GrantRules.InsertResources(session, insert, grants);
        }

        if (session.Plan.FetchesRelatedResources)
        {
            await GrantRules.FetchRelatedAsync(session, grants, cancellationToken);
        }

        if (!session.Options.SkipExpansion && grants.Exists(grant => Annotations.Has(grant.Annotations, GrantExpandable.Descriptor)))
        {
            session.Plan.NeedsExpansion = true;
        }

        // Never set to false: another worker may have set it to true in between.
        if (grants.Exists(ExternalMatching.IsMatched))
        {
            session.Plan.HasExternalGrants = true;
        }

        session.Writer.Put(grants);
        NoteListedElsewhere(session, action, grants);
        session.Progress.GrantsListed(grants.Count);
        _cursors.Push(session, action, page);
    }

    // A listing of one resource may yield grants on others. When it is unfinished, they go with it, and not with those others.
    private static void NoteListedElsewhere(SyncSession session, SyncAction action, List<Grant> grants)
    {
        var elsewhere = grants.FindAll(grant => !IsOnSubject(action, grant.Entitlement.Resource.Id));
        if (elsewhere.Count > 0)
        {
            session.Writer.NoteListedFor(Ids.Resource(action.ResourceTypeId, action.ResourceId), elsewhere);
        }
    }

    private static bool IsOnSubject(SyncAction action, ResourceId resource)
        => resource.ResourceType == action.ResourceTypeId && (action.TypeScoped || resource.Resource == action.ResourceId);
}
