using System.Runtime.InteropServices;
using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>
/// The grants of a file against those that are stored. While the file is read, only their numbers are kept and summed up; what is stored is
/// loaded when the sum, or what grants refer to, is another one.
/// </summary>
internal sealed class GrantComparison(InventorySnapshot stored, Moment asOf)
{
    private List<SeenGrant> _seen = [];
    private readonly Dictionary<int, string> _externalIds = [];
    private Dictionary<ulong, ComparedGrant> _compared = [];

    /// <summary>The sum over the grants of the file.</summary>
    public UInt128 Digest { get; private set; }

    public long Count => IsCompared ? _compared.Values.LongCount(grant => grant.IsSeen) : _seen.Count;

    /// <summary>False when they were found to be the same without looking at them.</summary>
    public bool IsCompared { get; private set; }

    /// <summary>How many were stored, if they had to be compared.</summary>
    public int Before { get; private set; }

    /// <summary>Stored grants of accounts that ended before, which cannot be and are ended whatever the file says.</summary>
    public List<long> Orphans { get; } = [];

    public bool LeavesAnythingAlone => IsCompared && _compared.Values.Any(grant => grant.IsNewer);

    public IEnumerable<KeyValuePair<ulong, ComparedGrant>> Compared => _compared;

    public static int EntitlementOf(ulong pair) => (int)(pair >> 32);

    public static int AccountOf(ulong pair) => (int)(uint)pair;

    /// <summary>Says how many will be added: growing step by step would need three times the memory for a moment.</summary>
    public void Expect(int count) => _seen.EnsureCapacity(count);

    public void Add(in VisitedRow row, int entitlement, int account, UInt128 entitlementKey, UInt128 accountKey)
    {
        Digest += stored.Hash.Grant(entitlementKey, accountKey, row.Data);
        if (stored.Entitlements[entitlement].Is(RowMark.Newer) && !stored.Entitlements[entitlement].IsOpen)
        {
            return;
        }

        if (stored.Accounts[account].Is(RowMark.Newer) && !stored.Accounts[account].IsOpen)
        {
            return;
        }

        var (origin, isImmutable) = (0, false);
        if (MayBeSpecial(row.Data))
        {
            var grant = Grant.Parser.ParseFrom(row.Data);
            origin = stored.Origins.NumberOf(grant.Sources, RowHash.Text(row.EntitlementId));
            isImmutable = grant.Annotations.Any(annotation => annotation.TypeUrl.EndsWith(".GrantImmutable", StringComparison.Ordinal));
        }

        if (!IsUsualId(row))
        {
            _externalIds[_seen.Count] = RowHash.Text(row.ExternalId);
        }

        _seen.Add(new(Pair(entitlement, account), origin, isImmutable));
    }

    /// <summary>Whether the grants are those of the sync before. Only to be believed when everything that they refer to is, too.</summary>
    public bool IsSameAsBefore => stored.GrantsDigest == Digest;

    /// <param name="current">What is stored now: <see cref="GrantNow"/> of this connector.</param>
    /// <param name="revokedLater">What a task ended after this sync began, which the file cannot know.</param>
    public async Task CompareAsync(IAsyncEnumerable<StoredGrant> current, IReadOnlySet<(long Entitlement, long Account)> revokedLater)
    {
        IsCompared = true;
        _compared = new(_seen.Count);
        var entitlements = ById(stored.Entitlements);
        var accounts = ById(stored.Accounts);
        await foreach (var grant in current)
        {
            Before++;
            if (!entitlements.TryGetValue(grant.EntitlementId, out var entitlement) || !accounts.TryGetValue(grant.AccountId, out var account))
            {
                Orphans.Add(grant.Id);
                continue;
            }

            var pair = Pair(entitlement, account);
            _compared[pair] = new()
            {
                Id = grant.Id,
                Origin = grant.OriginId is { } origin ? stored.Origins.NumberOf(origin) : 0,
                IsImmutable = grant.IsImmutable,
                ExternalId = grant.ExternalId,
                IsNewer = grant.LastReceipt > asOf,
            };
            if (grant.LastReceipt > asOf)
            {
                // What it refers to has to stay with it.
                stored.Entitlements[EntitlementOf(pair)].Mark |= RowMark.Referenced;
                stored.Accounts[AccountOf(pair)].Mark |= RowMark.Referenced;
            }
        }

        for (var i = 0; i < _seen.Count; i++)
        {
            See(_seen[i], _externalIds.GetValueOrDefault(i), revokedLater);
        }

        // There may be millions, and the writing is still to come.
        _seen = [];
        _externalIds.Clear();
    }

    private static ulong Pair(int entitlement, int account) => ((ulong)(uint)entitlement << 32) | (uint)account;

    private static Dictionary<long, int> ById(KnownRows rows)
    {
        var byId = new Dictionary<long, int>(rows.Count);
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Id != 0)
            {
                byId[rows[index].Id] = index;
            }
        }

        return byId;
    }

    private void See(SeenGrant seen, string? externalId, IReadOnlySet<(long Entitlement, long Account)> revokedLater)
    {
        ref var grant = ref CollectionsMarshal.GetValueRefOrAddDefault(_compared, seen.Pair, out var exists);
        if (!exists || !grant.IsSeen)
        {
            grant.SeenOrigin = seen.Origin;
            grant.SeenIsImmutable = seen.IsImmutable;
            grant.SeenExternalId = externalId;
        }
        else
        {
            // The file has it twice. The outcome must not depend on which of them comes first.
            grant.SeenOrigin = stored.Origins.Union(grant.SeenOrigin, seen.Origin);
            grant.SeenIsImmutable |= seen.IsImmutable;
            grant.SeenExternalId = grant.SeenExternalId is { } other && externalId is not null
                ? string.CompareOrdinal(other, externalId) < 0 ? other : externalId
                : null;
        }

        grant.IsSeen = true;
        grant.IsNewer |= !exists && revokedLater.Contains((stored.Entitlements[EntitlementOf(seen.Pair)].Id, stored.Accounts[AccountOf(seen.Pair)].Id));
    }

    /// <summary>Whether a grant is stored, and gone.</summary>
    public bool Ends(ulong pair, in ComparedGrant grant) => grant is { Id: not 0, IsSeen: false, IsNewer: false } && !IsOutOfScope(pair);

    // What the file says nothing about.
    private bool IsOutOfScope(ulong pair)
    {
        ref var entitlement = ref stored.Entitlements[EntitlementOf(pair)];
        return stored.Types[stored.Resources[entitlement.Resource].Type].IsOutOfScope || stored.Types[stored.Accounts[AccountOf(pair)].Type].IsOutOfScope;
    }

    private static bool IsUsualId(in VisitedRow row)
    {
        var id = row.ExternalId;
        return id.Length == row.EntitlementId.Length + row.PrincipalTypeId.Length + row.PrincipalId.Length + 2
            && id.StartsWith(row.EntitlementId) && id.EndsWith(row.PrincipalId)
            && id[row.EntitlementId.Length] == ':' && id[^(row.PrincipalId.Length + 1)] == ':'
            && id.Slice(row.EntitlementId.Length + 1, row.PrincipalTypeId.Length).SequenceEqual(row.PrincipalTypeId);
    }

    // Looks for annotations (4) and sources (5) among the outermost fields: nearly every grant has neither, and decoding is most of the work.
    private static bool MayBeSpecial(ReadOnlySpan<byte> data)
    {
        const int Annotations = 4;
        const int Sources = 5;
        while (!data.IsEmpty)
        {
            if (!TryReadNumber(ref data, out var tag))
            {
                return true;
            }

            if ((tag >> 3) is Annotations or Sources)
            {
                return true;
            }

            if ((tag & 7) != (uint)WireFormat.WireType.LengthDelimited || !TryReadNumber(ref data, out var length) || length > (ulong)data.Length)
            {
                return true;
            }

            data = data[(int)length..];
        }

        return false;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> data, out ulong number)
    {
        number = 0;
        for (var i = 0; i < data.Length && i < 5; i++)
        {
            number |= (ulong)(data[i] & 0x7F) << (7 * i);
            if (data[i] < 0x80)
            {
                data = data[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private readonly record struct SeenGrant(ulong Pair, int Origin, bool IsImmutable);
}

/// <summary>A grant as it is stored.</summary>
/// <param name="LastReceipt">When it began or was confirmed, whichever is later.</param>
internal readonly record struct StoredGrant(
    long Id, long EntitlementId, long AccountId, long? OriginId, bool IsImmutable, string? ExternalId, Moment LastReceipt);

/// <summary>What is stored of a grant, and what the file says.</summary>
internal struct ComparedGrant
{
    /// <summary>Zero when it is not stored.</summary>
    public long Id;
    public int Origin;
    public string? ExternalId;
    public int SeenOrigin;
    public string? SeenExternalId;
    public bool IsImmutable;
    public bool SeenIsImmutable;
    public bool IsSeen;

    /// <summary>A task changed it later than this sync began.</summary>
    public bool IsNewer;

    public readonly bool IsBegun => Id == 0 && IsSeen && !IsNewer;

    public readonly bool ComesAnotherWay => Id != 0 && IsSeen && !IsNewer && Origin != SeenOrigin;

    public readonly bool IsTouched => Id != 0 && IsSeen && !IsNewer && Origin == SeenOrigin
        && (IsImmutable != SeenIsImmutable || ExternalId != SeenExternalId);
}
