using Baton.C1z.Reading;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Changes;

/// <summary>What can be granted now and could not, the other way round, or has changed.</summary>
internal sealed class EntitlementChanges(DiffSides sides, DiffScope scope)
{
    private readonly MessageFields _fields = new(Strictness.WithoutNoise);

    public IEnumerable<SyncChange> Compute(CancellationToken cancellationToken)
    {
        foreach (var difference in RowMerge.Differences(sides.From, sides.To, StoredTable.Entitlements))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = difference.IsInFrom ? sides.From.ListedEntitlement(difference.Id) : null;
            var after = difference.IsInTo ? sides.To.ListedEntitlement(difference.Id) : null;
            if (Compare(before, after) is { } change)
            {
                yield return change;
            }
        }
    }

    private SyncChange? Compare(Entitlement? before, Entitlement? after)
    {
        var entitlement = (after ?? before)!;
        var subject = new SyncChange(default) { Resource = entitlement.Resource?.Id is { } id ? sides.PartyOf((id.ResourceType, id.Resource)) : null };
        if (before is null)
        {
            return subject with { Kind = ChangeKind.EntitlementAdded, After = Names(entitlement) };
        }

        if (after is null)
        {
            return subject with { Kind = ChangeKind.EntitlementRemoved, Before = Names(entitlement) };
        }

        if (MessageLikeness.AreAlike(before, after, Strictness.WithoutNoise))
        {
            return null;
        }

        var (left, right) = scope.Differences(_fields.Of(before), _fields.Of(after));
        if (left.Count + right.Count == 0)
        {
            return null;
        }

        left["entitlement"] = before.Id;
        right["entitlement"] = after.Id;
        return subject with { Kind = ChangeKind.EntitlementChanged, Before = left, After = right };
    }

    private static Dictionary<string, string> Names(Entitlement entitlement)
        => new(StringComparer.Ordinal) { ["entitlement"] = entitlement.Id, ["slug"] = Facts.Role(entitlement) };
}
