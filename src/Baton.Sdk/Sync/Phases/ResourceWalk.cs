using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.Reflection;

namespace Baton.Sdk.Sync.Phases;

/// <summary>
/// Plans a phase that goes from resource to resource: some thousands of actions at a time, so that the plan stays small however many
/// resources there are.
/// </summary>
internal sealed class ResourceWalk(SyncOperation operation, MessageDescriptor typeScoped, IReadOnlyList<MessageDescriptor> skippedTypes, IReadOnlyList<MessageDescriptor> skippedResources)
{
    private const int ActionsAtOnce = 10_000;

    /// <summary>Pushes the next actions; finishes the root after the last.</summary>
    public void Plan(SyncSession session, SyncAction root)
    {
        var position = Position.Parse(root.PageToken);
        var types = session.StoredTypes;
        while (position.Type < types.Count)
        {
            var type = types[position.Type];
            if (Annotations.Has(type.Annotations, typeScoped))
            {
                root = session.Plan.Advance(root, position.NextType().ToString());
                session.Progress.Expect(operation, type.Id, 0);
                session.Plan.Push(operation, action => action with { ResourceTypeId = type.Id, TypeScoped = true });
                return;
            }

            if (position.Row == 0)
            {
                session.Progress.Expect(operation, type.Id, IsSkipped(type) ? 0 : session.Reader.CountResources(type.Id));
            }

            if (!IsSkipped(type) && PlanPage(session, ref root, position, type))
            {
                return;
            }

            position = position.NextType();
        }

        session.Plan.Finish(root);
    }

    // True when it pushed a full page and the type may have more.
    private bool PlanPage(SyncSession session, ref SyncAction root, Position position, ResourceType type)
    {
        var page = session.Reader.ResourcePage(type.Id, position.Row, ActionsAtOnce, out var lastRow);
        if (page.Count == 0)
        {
            return false;
        }

        root = session.Plan.Advance(root, (position with { Row = lastRow }).ToString());
        foreach (var resource in page)
        {
            if (skippedResources.Any(skip => Annotations.Has(resource.Annotations, skip)))
            {
                session.Progress.SubjectDone(operation, type.Id);
                continue;
            }

            session.Plan.Push(operation, action => action with { ResourceTypeId = type.Id, ResourceId = resource.Id.Resource });
        }

        return true;
    }

    private bool IsSkipped(ResourceType type) => skippedTypes.Any(skip => Annotations.Has(type.Annotations, skip));

    private readonly record struct Position(int Type, long Row)
    {
        public static Position Parse(string token)
            => token.Split(':') is [var type, var row] && int.TryParse(type, out var t) && long.TryParse(row, out var r) ? new(t, r) : default;

        public Position NextType() => new(Type + 1, 0);

        public override string ToString() => $"{Type}:{Row}";
    }
}
