namespace Baton.Sdk.Sync.Phases;

/// <summary>Lays out the phases. The plan is a stack, so what runs first is pushed last.</summary>
internal sealed class InitPhase : ISyncPhase
{
    public SyncOperation Operation => SyncOperation.Init;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        var plan = session.Plan;
        plan.SkipsEntitlementsAndGrants = session.Options.SkipEntitlementsAndGrants;
        plan.SkipsGrants = session.Options.SkipGrants;
        plan.Finish(root);
        if (session.Options.Targets.Count > 0)
        {
            PushTargets(session);
        }
        else
        {
            PushPhases(session);
        }

        plan.Push(SyncOperation.ListResourceTypes);
        SyncEngine.Checkpoint(session);
        return Task.CompletedTask;
    }

    public Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
        => throw new InvalidOperationException("The beginning of a sync has no subjects.");

    private static void PushPhases(SyncSession session)
    {
        var withEntitlements = !session.Options.SkipEntitlementsAndGrants;
        if (withEntitlements)
        {
            session.Plan.Push(SyncOperation.GrantExpansion);
        }

        if (session.Options.External is not null)
        {
            session.Plan.Push(SyncOperation.ListExternalResources);
        }

        if (withEntitlements && !session.Options.SkipGrants)
        {
            session.Plan.Push(SyncOperation.ListGrants);
        }

        if (withEntitlements)
        {
            session.Plan.Push(SyncOperation.ListEntitlements);
            session.Plan.Push(SyncOperation.ListStaticEntitlements);
        }

        session.Plan.Push(SyncOperation.ListResources);
    }

    private static void PushTargets(SyncSession session)
    {
        session.Plan.FetchesRelatedResources = true;
        foreach (var target in session.Options.Targets.Distinct().Where(target => session.IsSelected(target.Id.ResourceType)))
        {
            session.Plan.Push(SyncOperation.TargetedResource, action => action with
            {
                ResourceTypeId = target.Id.ResourceType,
                ResourceId = target.Id.Resource,
                ParentTypeId = target.Parent?.ResourceType ?? "",
                ParentId = target.Parent?.Resource ?? "",
            });
        }
    }
}
