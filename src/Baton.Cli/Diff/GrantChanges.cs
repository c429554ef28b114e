using Baton.C1z.Reading;
using Baton.Cli.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Diff;

/// <summary>
/// Access that came, went or changed. A grant with a new id is the old one when it gives the same to the same; and one that goes while
/// another comes for the same principal on the same resource is a change of role.
/// </summary>
internal sealed class GrantChanges(DiffSides sides, DiffScope scope)
{
    private static readonly string[] AccountAdded = ["ACCOUNT_ADDED"];
    private static readonly string[] AccountRemoved = ["ACCOUNT_REMOVED"];

    private readonly List<LooseGrant> _removed = [];
    private readonly List<LooseGrant> _added = [];
    private readonly List<Change> _changes = [];
    private readonly Dictionary<string, string> _entitlementIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _namesBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _namesAfter = new(StringComparer.Ordinal);

    public IReadOnlyList<Change> Compute(CancellationToken cancellationToken)
    {
        foreach (var difference in RowMerge.Differences(sides.From, sides.To, StoredTable.Grants))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = difference.IsInFrom ? sides.From.FindGrant(difference.Id) : null;
            var after = difference.IsInTo ? sides.To.FindGrant(difference.Id) : null;
            if (before is null)
            {
                _added.Add(Loose(after!));
            }
            else if (after is null)
            {
                _removed.Add(Loose(before));
            }
            else if (!Likeness.AreAlike(before, after, Strictness.WithoutNoise))
            {
                AddChanged(before, after);
            }
        }

        MatchSame();
        MatchRoles();
        _changes.AddRange(_removed.Select(Removed));
        _changes.AddRange(_added.Select(Added));
        return _changes;
    }

    private void AddChanged(Grant before, Grant after)
    {
        var (left, right) = (Describe(before, sides.FromDirectory), Describe(after, sides.ToDirectory));
        var differences = scope.Differences(left, right);
        if (differences.Before.Count + differences.After.Count == 0)
        {
            return;
        }

        var grant = Loose(after);
        _changes.Add(About(ChangeKind.GrantChanged, grant) with
        {
            Before = Merge(NamesBefore(grant), differences.Before),
            After = Merge(NamesAfter(grant), differences.After),
        });
    }

    // The same entitlement and principal under another id: how it came about may still differ, the access does not.
    private void MatchSame()
    {
        var wanted = _removed.Select(grant => (grant.EntitlementId, grant.Principal)).ToHashSet();
        var added = _added.Where(grant => wanted.Contains((grant.EntitlementId, grant.Principal)))
            .GroupBy(grant => (grant.EntitlementId, grant.Principal))
            .ToDictionary(group => group.Key, group => new Queue<LooseGrant>(group));
        var matched = new HashSet<string>(StringComparer.Ordinal);
        _removed.RemoveAll(old =>
        {
            if (!added.TryGetValue((old.EntitlementId, old.Principal), out var same) || !same.TryDequeue(out var now))
            {
                return false;
            }

            matched.Add(now.Id);
            if (!scope.Ignores("id"))
            {
                _changes.Add(About(ChangeKind.GrantChanged, now) with
                {
                    Before = Merge(NamesBefore(old), new(StringComparer.Ordinal) { ["id"] = old.Id }),
                    After = Merge(NamesAfter(now), new(StringComparer.Ordinal) { ["id"] = now.Id }),
                });
            }

            return true;
        });
        _added.RemoveAll(grant => matched.Contains(grant.Id));
    }

    // Of several roles on one resource the lowest goes with the lowest.
    private void MatchRoles()
    {
        var wanted = _removed.Select(grant => (grant.Resource, grant.Principal)).ToHashSet();
        var added = _added.Where(grant => wanted.Contains((grant.Resource, grant.Principal)))
            .GroupBy(grant => (grant.Resource, grant.Principal))
            .ToDictionary(group => group.Key, group => new Queue<LooseGrant>(group.OrderBy(grant => RoleRank.Of(Role(grant, sides.ToDirectory))).ThenBy(grant => grant.Id, StringComparer.Ordinal)));
        var matched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in _removed.Where(grant => added.ContainsKey((grant.Resource, grant.Principal))).GroupBy(grant => (grant.Resource, grant.Principal)).ToList())
        {
            foreach (var old in group.OrderBy(grant => RoleRank.Of(Role(grant, sides.FromDirectory))).ThenBy(grant => grant.Id, StringComparer.Ordinal))
            {
                if (added[group.Key].TryDequeue(out var now))
                {
                    matched.Add(old.Id);
                    matched.Add(now.Id);
                    _changes.Add(RoleChanged(old, now));
                }
            }
        }

        _removed.RemoveAll(grant => matched.Contains(grant.Id));
        _added.RemoveAll(grant => matched.Contains(grant.Id));
    }

    private Change RoleChanged(LooseGrant old, LooseGrant now)
    {
        var (before, after) = (RoleRank.Of(Role(old, sides.FromDirectory)), RoleRank.Of(Role(now, sides.ToDirectory)));
        var areKnown = before != RoleRank.Unknown && after != RoleRank.Unknown;
        return About(ChangeKind.RoleChanged, now) with
        {
            Before = NamesBefore(old),
            After = NamesAfter(now),
            Flags = !areKnown || before == after ? [] : [after > before ? "PRIVILEGE_UP" : "PRIVILEGE_DOWN"],
        };
    }

    private Change Added(LooseGrant grant)
    {
        var isAdmin = RoleRank.Of(Role(grant, sides.ToDirectory)) == RoleRank.Admin;
        var isNew = SyncDirectory.IsMissing(sides.FromDirectory.Resource(grant.Principal));
        return About(ChangeKind.GrantAdded, grant) with
        {
            After = NamesAfter(grant),
            Flags = (isAdmin, isNew) switch
            {
                (true, true) => ["PRIVILEGED", "ACCOUNT_ADDED"],
                (true, false) => ["PRIVILEGED"],
                (false, true) => AccountAdded,
                _ => [],
            },
        };
    }

    private Change Removed(LooseGrant grant) => About(ChangeKind.GrantRemoved, grant) with
    {
        Before = NamesBefore(grant),
        Flags = SyncDirectory.IsMissing(sides.ToDirectory.Resource(grant.Principal)) ? AccountRemoved : [],
    };

    private Change About(ChangeKind kind, LooseGrant grant) => new(kind) { Principal = sides.PartyOf(grant.Principal), Resource = sides.PartyOf(grant.Resource) };

    private static Dictionary<string, string> Describe(Grant grant, SyncDirectory directory)
        => new(StringComparer.Ordinal) { ["how"] = Provenance.How(grant, directory), ["immutable"] = Facts.IsImmutable(grant) ? "yes" : "no" };

    // One for all grants of an entitlement.
    private Dictionary<string, string> NamesBefore(LooseGrant grant) => Names(_namesBefore, grant, sides.FromDirectory);

    private Dictionary<string, string> NamesAfter(LooseGrant grant) => Names(_namesAfter, grant, sides.ToDirectory);

    private static Dictionary<string, string> Names(Dictionary<string, Dictionary<string, string>> known, LooseGrant grant, SyncDirectory directory)
    {
        if (!known.TryGetValue(grant.EntitlementId, out var names))
        {
            names = new(StringComparer.Ordinal) { ["entitlement"] = grant.EntitlementId, ["slug"] = Role(grant, directory) };
            known.Add(grant.EntitlementId, names);
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

    private LooseGrant Loose(Grant grant)
    {
        var entitlementId = grant.Entitlement?.Id ?? "";
        if (!_entitlementIds.TryGetValue(entitlementId, out var shared))
        {
            _entitlementIds.Add(entitlementId, entitlementId);
            shared = entitlementId;
        }

        return new(grant.Id, shared, Key(grant.Entitlement?.Resource?.Id), Key(grant.Principal?.Id));
    }

    private static (string TypeId, string Id) Key(ResourceId? id) => (string.Intern(id?.ResourceType ?? ""), id?.Resource ?? "");

    private static string Role(LooseGrant grant, SyncDirectory directory)
    {
        var entitlement = directory.Entitlement(grant.EntitlementId);
        return SyncDirectory.IsMissing(entitlement) ? grant.EntitlementId : Facts.Role(entitlement);
    }

    /// <summary>What is kept of a grant that one side does not have: little, for there may be as many as there are grants.</summary>
    private sealed record LooseGrant(string Id, string EntitlementId, (string TypeId, string Id) Resource, (string TypeId, string Id) Principal);
}
