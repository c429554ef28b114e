using System.Globalization;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>What a sync changes, counted, and whether it is so much that a person has to say yes.</summary>
internal sealed class HoldRules(InventorySnapshot stored, SyncComparison comparison)
{
    // Two in a hundred, or five: whichever is met first.
    private const int OtherPeoplePercent = 2;
    private const int OtherPeople = 5;

    private static readonly NumberFormatInfo Numbers = CultureInfo.InvariantCulture.NumberFormat;

    /// <param name="grantsBefore">How many grants are stored.</param>
    public async Task<SyncDifference> JudgeAsync(PodiumContext context, long grantsBefore, CancellationToken cancellationToken)
    {
        var accounts = Count(stored.Accounts);
        var resources = Count(stored.Resources);
        var grants = new GrantCount(stored, comparison.Grants, grantsBefore);
        var losses = await NameAsync(context, grants.Losses(), cancellationToken);
        var lost = await NameAsync(context, grants.WithoutAdministrators(), cancellationToken);
        return new()
        {
            Accounts = accounts.All,
            Resources = resources.All,
            Entitlements = Count(stored.Entitlements).All,
            Grants = grants.All,
            Losses = losses,
            Holds =
            [
                .. TooMany(HoldKind.Resources, resources.Judged, "resources"),
                .. TooMany(HoldKind.Accounts, accounts.Judged, "accounts"),
                .. TooMany(HoldKind.Grants, grants.Judged, "grants"),
                .. lost.Select(place => new HoldReason(HoldKind.Administrators, $"{place.Name} would have no administrator any more: all {place.Before.ToString("N0", Numbers)} grants of it would end.")),
                .. await HaveOthersAsync(context, accounts.Judged.Before, cancellationToken),
                .. stored.Types.Where(type => type.IsMissingTwice).Select(type => new HoldReason(
                    HoldKind.MissingType, $"The connector did not list the resource type {type.DisplayName} for the second time; what is stored of it would end.")),
            ],
        };
    }

    private IEnumerable<HoldReason> TooMany(HoldKind kind, KindDifference count, string words)
    {
        var limit = stored.Connector.HoldPercent;
        if (count.Ended * 100 > count.Before * limit)
        {
            yield return new(
                kind,
                string.Create(Numbers, $"{count.Ended:N0} of {count.Before:N0} {words} would end ({count.Ended * 100 / count.Before} %, the limit is {limit} %)."));
        }
    }

    /// <summary>Everything, and the part that the hold is judged by: what somebody took out of the selection was their wish.</summary>
    private (KindDifference All, KindDifference Judged) Count(KnownRows rows)
    {
        var (before, begun, changed, ended, judgedBefore, judgedEnded) = (0L, 0L, 0L, 0L, 0L, 0L);
        foreach (ref var known in rows.All)
        {
            var wasAside = known.Is(RowMark.WasMirror);
            var isAside = known.Is(RowMark.Listed) ? known.Is(RowMark.Mirror) && rows == stored.Accounts : wasAside;
            begun += known.Is(RowMark.New | RowMark.Returned) && !isAside ? 1 : 0;
            changed += known.Is(RowMark.Changed | RowMark.BecamePlaceholder) && !known.Is(RowMark.New | RowMark.Returned) && !isAside ? 1 : 0;
            if (!known.IsOpen || wasAside)
            {
                continue;
            }

            before++;
            ended += known.Is(RowMark.Ended) ? 1 : 0;
            var type = rows == stored.Entitlements ? stored.Types[stored.Resources[known.Resource].Type] : stored.Types[known.Type];
            if (type.IsSelected && !known.Is(RowMark.WasPlaceholder))
            {
                judgedBefore++;
                judgedEnded += known.Is(RowMark.Ended) ? 1 : 0;
            }
        }

        return (new(before, begun, changed, ended), new(judgedBefore, 0, 0, judgedEnded));
    }

    private async Task<List<HoldReason>> HaveOthersAsync(PodiumContext context, long accounts, CancellationToken cancellationToken)
    {
        var limit = Math.Min(OtherPeople, accounts * OtherPeoplePercent / 100);
        if (comparison.ChangedAccounts.Count <= limit)
        {
            return [];
        }

        var others = 0L;
        foreach (var part in comparison.ChangedAccounts.Chunk(1000))
        {
            var now = part.ToDictionary(changed => stored.Accounts[changed.Index].Id);
            var sql = $"SELECT id, login, email, source_created_at FROM app_account WHERE id IN ({string.Join(',', now.Keys)})";
            await foreach (var row in context.RowsAsync(sql, [], cancellationToken))
            {
                var changed = now[row.GetInt64(0)];
                var isAnotherName = changed.Login != row.GetString(1) && changed.Email != row.GetString(2);
                var isAnotherTime = changed.Created is { } created && row.MomentOrNull(3) is { } before && created != before;
                others += isAnotherName || isAnotherTime ? 1 : 0;
            }
        }

        return others <= limit
            ? []
            : [new(HoldKind.OtherPeople, string.Create(Numbers, $"{others:N0} accounts have the id of somebody else now (another login and address, or another date of creation): is another instance behind the address?"))];
    }

    private static async Task<List<Loss>> NameAsync(PodiumContext context, IReadOnlyList<(long ResourceId, long Ended, long Before)> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0)
        {
            return [];
        }

        var names = new Dictionary<long, (string Name, string Type)>();
        var sql = "SELECT r.id, r.display_name, t.external_id FROM app_resource AS r JOIN app_resource_type AS t ON t.id = r.type_id "
            + $"WHERE r.id IN ({string.Join(',', places.Select(place => place.ResourceId))})";
        await foreach (var row in context.RowsAsync(sql, [], cancellationToken))
        {
            names[row.GetInt64(0)] = (row.GetString(1), row.GetString(2));
        }

        return [.. places.Select(place => new Loss(place.ResourceId, names[place.ResourceId].Type, names[place.ResourceId].Name, place.Ended, place.Before))];
    }
}
