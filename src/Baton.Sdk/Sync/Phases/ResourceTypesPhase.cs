namespace Baton.Sdk.Sync.Phases;

/// <summary>Stores the resource types that take part.</summary>
internal sealed class ResourceTypesPhase : ISyncPhase
{
    public SyncOperation Operation => SyncOperation.ListResourceTypes;

    public Task PlanAsync(SyncSession session, SyncAction root, CancellationToken cancellationToken)
    {
        var types = session.Connector.Syncers.Select(syncer => syncer.Type).ToList();
        foreach (var wanted in session.Options.ResourceTypes)
        {
            if (types.TrueForAll(type => type.Id != wanted))
            {
                var known = string.Join(", ", types.Select(type => type.Id));
                throw new SyncException($"invalid resource type '{wanted}' in filter (this connector has: {known})");
            }
        }

        foreach (var _ in types.Where(type => type.Id.Length == 0))
        {
            session.Quality.InvalidResourceType();
        }

        var selected = types.Where(type => type.Id.Length > 0 && session.IsSelected(type.Id)).ToList();
        session.Writer.Put(selected);
        session.ReloadTypes();
        session.Progress.ResourceTypesDone(selected.Count);
        session.Plan.Finish(root);
        return Task.CompletedTask;
    }

    public Task RunAsync(SyncSession session, SyncAction action, CancellationToken cancellationToken)
        => throw new InvalidOperationException("Resource types have no subjects.");
}
