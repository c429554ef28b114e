using Baton.C1z.Writing;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Sync;

/// <summary>
/// Takes back what the unfinished actions of a resumed sync had written, where they start from their beginning again: what they listed
/// then and do not list now is gone, and must not stay behind as a row that nobody lists. Actions that go on from a page keep theirs.
/// </summary>
internal static class Rewind
{
    public static void Unfinished(SyncSession session)
    {
        var staticTypes = new List<string>();
        var unfinished = session.Plan.Snapshot();
        foreach (var action in unfinished.Where(action => action is { HasSubject: true, Spawned: false, PageToken: "" }))
        {
            TakeBack(session.Writer, action);

            // The action's pages will open their cursors anew.
            foreach (var cursor in unfinished.Where(other => other.Spawned && IsOfSameSubject(other, action)))
            {
                session.Plan.Drop(cursor);
            }

            if (action.Operation == SyncOperation.ListEntitlements && session.Syncer(action.ResourceTypeId) is IStaticEntitlementSyncer)
            {
                staticTypes.Add(action.ResourceTypeId);
            }
        }

        // Static entitlements lie among the others, and went with them.
        foreach (var type in staticTypes.Distinct(StringComparer.Ordinal))
        {
            session.Plan.Push(SyncOperation.ListStaticEntitlements, action => action with { ResourceTypeId = type });
        }
    }

    private static void TakeBack(SyncWriter writer, SyncAction action)
    {
        var resourceId = action.TypeScoped || action.ResourceId.Length == 0 ? null : action.ResourceId;
        switch (action.Operation)
        {
            case SyncOperation.ListResources:
                writer.DeleteResources(action.ResourceTypeId, action.ParentId.Length > 0 ? Ids.Resource(action.ParentTypeId, action.ParentId) : null);
                break;
            case SyncOperation.ListStaticEntitlements or SyncOperation.ListEntitlements:
                writer.DeleteEntitlements(action.ResourceTypeId, resourceId);
                break;
            case SyncOperation.ListGrants:
                writer.DeleteGrantsListedFor(action.ResourceTypeId, resourceId);
                break;
            default:
                break;
        }
    }

    private static bool IsOfSameSubject(SyncAction cursor, SyncAction action)
        => cursor.Operation == action.Operation && cursor.ResourceTypeId == action.ResourceTypeId && cursor.ResourceId == action.ResourceId;
}
