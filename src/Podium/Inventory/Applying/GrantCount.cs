namespace Podium.Inventory.Applying;

/// <summary>How many grants a sync begins and ends, and where.</summary>
internal sealed class GrantCount
{
    private readonly InventorySnapshot _stored;
    private readonly Dictionary<int, (long Before, long Ended)> _byResource = [];
    private readonly Dictionary<int, (long Before, long After)> _administrators = [];

    public GrantCount(InventorySnapshot stored, GrantComparison grants, long before)
    {
        _stored = stored;
        if (!grants.IsCompared)
        {
            All = Judged = new(before);
            return;
        }

        var (begun, changed, ended, judgedBefore, judgedEnded) = (0L, 0L, grants.Orphans.Count + 0L, 0L, 0L);
        foreach (var (pair, grant) in grants.Compared)
        {
            var entitlement = stored.Entitlements[GrantComparison.EntitlementOf(pair)];
            var isSelected = stored.Types[stored.Resources[entitlement.Resource].Type].IsSelected
                && stored.Types[stored.Accounts[GrantComparison.AccountOf(pair)].Type].IsSelected;
            var ends = grants.Ends(pair, grant);
            begun += grant.IsBegun ? 1 : 0;
            changed += grant.ComesAnotherWay ? 1 : 0;
            ended += ends ? 1 : 0;
            if (!isSelected)
            {
                continue;
            }

            judgedBefore += grant.Id != 0 ? 1 : 0;
            judgedEnded += ends ? 1 : 0;
            Note(entitlement, grant, ends);
        }

        All = new(before, begun, changed, ended);
        Judged = new(judgedBefore, begun, changed, judgedEnded);
    }

    public KindDifference All { get; }

    /// <summary>Without what somebody took out of the selection.</summary>
    public KindDifference Judged { get; }

    /// <summary>The resources that lose grants, the most first.</summary>
    public IReadOnlyList<(long ResourceId, long Ended, long Before)> Losses() =>
    [
        .. _byResource.Where(place => place.Value.Ended > 0).OrderByDescending(place => place.Value.Ended)
            .ThenBy(place => _stored.Resources[place.Key].Id).Take(SyncDifference.MostLosses)
            .Select(place => (_stored.Resources[place.Key].Id, place.Value.Ended, place.Value.Before)),
    ];

    /// <summary>The organizations that had administrators and would have none.</summary>
    public IReadOnlyList<(long ResourceId, long Ended, long Before)> WithoutAdministrators() =>
    [
        .. _administrators.Where(place => place.Value is { Before: > 0, After: 0 }).OrderBy(place => _stored.Resources[place.Key].Id)
            .Take(SyncDifference.MostLosses).Select(place => (_stored.Resources[place.Key].Id, place.Value.Before, place.Value.Before)),
    ];

    private void Note(in KnownRow entitlement, in ComparedGrant grant, bool ends)
    {
        if (grant.Id != 0)
        {
            var (before, ended) = _byResource.GetValueOrDefault(entitlement.Resource);
            _byResource[entitlement.Resource] = (before + 1, ended + (ends ? 1 : 0));
        }

        // What lies in another resource, as a team in its organization, has somebody above it who can help.
        if (entitlement.Is(RowMark.IsPrivileged) && _stored.Resources[entitlement.Resource] is { LinkId: 0, ParentKey: var parent } && parent == default)
        {
            var (before, after) = _administrators.GetValueOrDefault(entitlement.Resource);
            _administrators[entitlement.Resource] = (before + (grant.Id != 0 ? 1 : 0), after + ((grant.Id != 0 && !ends) || grant.IsBegun ? 1 : 0));
        }
    }
}
