using Baton.C1z;
using Baton.C1z.Reading;
using Baton.Evidence.Access;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Changes;

/// <summary>
/// Access that came, went or changed. A grant with a new id is the old one when it gives the same to the same; and one that goes while
/// another comes for the same principal on the same resource is a change of role.
/// </summary>
internal sealed class GrantChanges(DiffSides sides, DiffScope scope)
{
    private const int RememberedNames = 1000;

    private static readonly string[] AccountAdded = ["ACCOUNT_ADDED"];
    private static readonly string[] AccountRemoved = ["ACCOUNT_REMOVED"];

    private readonly BoundedCache<(bool IsBefore, string EntitlementId), Dictionary<string, string>> _names = new(RememberedNames);

    public IEnumerable<SyncChange> Compute(C1zOptions options, CancellationToken cancellationToken)
    {
        using var loose = new LooseGrants(options);
        foreach (var difference in RowMerge.Differences(sides.From, sides.To, StoredTable.Grants))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = difference.IsInFrom ? sides.From.ListedGrant(difference.Id) : null;
            var after = difference.IsInTo ? sides.To.ListedGrant(difference.Id) : null;
            if (before is null || after is null)
            {
                loose.Add(Loose((before ?? after)!), isInFrom: before is not null);
            }
            else if (!MessageLikeness.AreAlike(before, after, Strictness.WithoutNoise) && Changed(before, after) is { } change)
            {
                yield return change;
            }
        }

        foreach (var (removed, added) in loose.ByPrincipal())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var change in SameAccess(removed, added).Concat(Roles(removed, added)))
            {
                yield return change;
            }

            foreach (var change in removed.Select(Removed).Concat(added.Select(Added)))
            {
                yield return change;
            }
        }
    }

    private SyncChange? Changed(Grant before, Grant after)
    {
        var (left, right) = (Describe(before, sides.FromNames), Describe(after, sides.ToNames));
        var differences = scope.Differences(left, right);
        if (differences.Before.Count + differences.After.Count == 0)
        {
            return null;
        }

        var grant = Loose(after);
        return About(ChangeKind.GrantChanged, grant) with
        {
            Before = Merge(NamesBefore(grant), differences.Before),
            After = Merge(NamesAfter(grant), differences.After),
        };
    }

    // The same entitlement under another id: how it came about may still differ, the access does not. Both leave the lists.
    private List<SyncChange> SameAccess(List<LooseGrant> removed, List<LooseGrant> added)
    {
        var changes = new List<SyncChange>();
        foreach (var (old, now) in Pairs(removed, added, grant => grant.EntitlementId))
        {
            if (!scope.Ignores("id"))
            {
                changes.Add(About(ChangeKind.GrantChanged, now) with
                {
                    Before = Merge(NamesBefore(old), new(StringComparer.Ordinal) { ["id"] = old.Id }),
                    After = Merge(NamesAfter(now), new(StringComparer.Ordinal) { ["id"] = now.Id }),
                });
            }
        }

        return changes;
    }

    // Of several roles on one resource the lowest goes with the lowest.
    private List<SyncChange> Roles(List<LooseGrant> removed, List<LooseGrant> added)
    {
        if (removed.Count == 0 || added.Count == 0)
        {
            return [];
        }

        SortByRank(removed, sides.FromDirectory);
        SortByRank(added, sides.ToDirectory);
        return Pairs(removed, added, grant => grant.Resource).ConvertAll(pair => RoleChanged(pair.Old, pair.Now));
    }

    private static void SortByRank(List<LooseGrant> grants, SyncDirectory directory)
    {
        List<LooseGrant> sorted = [.. grants.OrderBy(grant => PrivilegeRule.RankOf(Role(grant, directory))).ThenBy(grant => grant.Id, StringComparer.Ordinal)];
        grants.Clear();
        grants.AddRange(sorted);
    }

    /// <summary>The first of each list that have the same key, then the second ones, and so on. Both leave the lists.</summary>
    private static List<(LooseGrant Old, LooseGrant Now)> Pairs<TKey>(List<LooseGrant> removed, List<LooseGrant> added, Func<LooseGrant, TKey> keyOf)
        where TKey : notnull
    {
        var pairs = new List<(LooseGrant, LooseGrant)>();
        if (removed.Count == 0 || added.Count == 0)
        {
            return pairs;
        }

        var candidates = added.GroupBy(keyOf).ToDictionary(group => group.Key, group => new Queue<LooseGrant>(group));
        var matched = new HashSet<LooseGrant>(ReferenceEqualityComparer.Instance);
        removed.RemoveAll(old =>
        {
            if (!candidates.TryGetValue(keyOf(old), out var same) || !same.TryDequeue(out var now))
            {
                return false;
            }

            matched.Add(now);
            pairs.Add((old, now));
            return true;
        });
        added.RemoveAll(matched.Contains);
        return pairs;
    }

    private SyncChange RoleChanged(LooseGrant old, LooseGrant now)
    {
        var (before, after) = (Rank(old, sides.FromDirectory), Rank(now, sides.ToDirectory));
        return About(ChangeKind.RoleChanged, now) with
        {
            Before = NamesBefore(old),
            After = NamesAfter(now),
            Flags = before is null || after is null || before == after ? [] : [after > before ? "PRIVILEGE_UP" : "PRIVILEGE_DOWN"],
        };
    }

    private SyncChange Added(LooseGrant grant)
    {
        var entitlement = sides.ToDirectory.Entitlement(grant.EntitlementId);
        var isPrivileged = !SyncDirectory.IsMissing(entitlement) && PrivilegeRule.Usual.IsPrivileged(entitlement);
        var isNew = SyncDirectory.IsMissing(sides.FromDirectory.Resource(grant.Principal));
        return About(ChangeKind.GrantAdded, grant) with
        {
            After = NamesAfter(grant),
            Flags = (isPrivileged, isNew) switch
            {
                (true, true) => ["PRIVILEGED", "ACCOUNT_ADDED"],
                (true, false) => ["PRIVILEGED"],
                (false, true) => AccountAdded,
                _ => [],
            },
        };
    }

    private SyncChange Removed(LooseGrant grant) => About(ChangeKind.GrantRemoved, grant) with
    {
        Before = NamesBefore(grant),
        Flags = SyncDirectory.IsMissing(sides.ToDirectory.Resource(grant.Principal)) ? AccountRemoved : [],
    };

    private SyncChange About(ChangeKind kind, LooseGrant grant) => new(kind) { Principal = sides.PartyOf(grant.Principal), Resource = sides.PartyOf(grant.Resource) };

    private static Dictionary<string, string> Describe(Grant grant, ResourceNames names)
        => new(StringComparer.Ordinal) { ["how"] = HowObtained.Of(grant, names.OfEntitlement).Short, ["immutable"] = Facts.IsImmutable(grant) ? "yes" : "no" };

    private Dictionary<string, string> NamesBefore(LooseGrant grant) => Names(isBefore: true, grant, sides.FromDirectory);

    private Dictionary<string, string> NamesAfter(LooseGrant grant) => Names(isBefore: false, grant, sides.ToDirectory);

    private Dictionary<string, string> Names(bool isBefore, LooseGrant grant, SyncDirectory directory)
    {
        var key = (isBefore, grant.EntitlementId);
        if (_names.Find(key) is not { } names)
        {
            names = new(StringComparer.Ordinal) { ["entitlement"] = grant.EntitlementId, ["slug"] = Role(grant, directory) };
            _names.Add(key, names, weight: 1);
        }

        return names;
    }

    private static Dictionary<string, string> Merge(Dictionary<string, string> names, Dictionary<string, string> more)
    {
        var merged = new Dictionary<string, string>(names, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static LooseGrant Loose(Grant grant)
        => new(grant.Id, grant.Entitlement?.Id ?? "", Key(grant.Entitlement?.Resource?.Id), Key(grant.Principal?.Id));

    private static (string TypeId, string Id) Key(ResourceId? id) => (id?.ResourceType ?? "", id?.Resource ?? "");

    private static int? Rank(LooseGrant grant, SyncDirectory directory)
        => SyncDirectory.IsMissing(directory.Entitlement(grant.EntitlementId)) ? null : PrivilegeRule.FindRank(Role(grant, directory));

    private static string Role(LooseGrant grant, SyncDirectory directory)
    {
        var entitlement = directory.Entitlement(grant.EntitlementId);
        return SyncDirectory.IsMissing(entitlement) ? grant.EntitlementId : Facts.Role(entitlement);
    }
}
