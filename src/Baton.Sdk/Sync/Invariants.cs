using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;

namespace Baton.Sdk.Sync;

/// <summary>What must hold of the stored rows before a sync may end. Named as upstream names them.</summary>
internal static class Invariants
{
    private const int MostInGroup = 50;

    /// <summary>Exclusion groups are consistent.</summary>
    public const string ExclusionGroups = "I5";

    /// <summary>I10: every further cursor was read.</summary>
    public static readonly string[] Checked = [ExclusionGroups, "I10"];

    /// <exception cref="SyncException">One does not hold.</exception>
    public static void Check(SyncSession session)
    {
        if (session.Plan.Snapshot().Any(action => action.Spawned))
        {
            throw new SyncException("ingest invariant I10 violated: a page cursor was opened and never read") { BreaksInvariant = true };
        }

        CheckExclusionGroups(session.Reader.Entitlements());
    }

    internal static void CheckExclusionGroups(IEnumerable<Entitlement> entitlements)
    {
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        foreach (var entitlement in entitlements)
        {
            if (GroupOf(entitlement) is not { } annotation)
            {
                continue;
            }

            if (!groups.TryGetValue(annotation.ExclusionGroupId, out var group))
            {
                groups[annotation.ExclusionGroupId] = group = new Group(entitlement.Resource.Id.ResourceType);
            }

            group.Add(annotation, entitlement);
        }
    }

    private static EntitlementExclusionGroup? GroupOf(Entitlement entitlement)
    {
        try
        {
            return Annotations.Find<EntitlementExclusionGroup>(entitlement.Annotations);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw new SyncException($"ingest invariant I5 violated: the exclusion group of {entitlement.Id} cannot be decoded", damage) { BreaksInvariant = true };
        }
    }

    private sealed class Group(string resourceType)
    {
        private string? _default;
        private int _count;

        public void Add(EntitlementExclusionGroup annotation, Entitlement entitlement)
        {
            var id = annotation.ExclusionGroupId;
            if (entitlement.Resource.Id.ResourceType != resourceType)
            {
                throw Violated($"exclusion group \"{id}\" is used on multiple resource types (\"{resourceType}\" and \"{entitlement.Resource.Id.ResourceType}\")");
            }

            if (++_count > MostInGroup)
            {
                throw Violated($"exclusion group \"{id}\" has too many entitlements ({_count}); at most {MostInGroup} are allowed");
            }

            if (annotation.IsDefault)
            {
                _default = _default is null ? entitlement.Id
                    : throw Violated($"exclusion group \"{id}\" has multiple default entitlements (\"{_default}\" and \"{entitlement.Id}\")");
            }
        }

        private static SyncException Violated(string what) => new($"ingest invariant I5 violated: {what}");
    }
}
