using System.Text;
using Baton.C1z.Reading;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>
/// Holds a file against what is stored. Every row of the file is looked at once, in whatever order, and decoded only where its bytes differ
/// from those that were applied last. Marks the rows of the snapshot; writes nothing.
/// </summary>
internal sealed class SyncComparison(SyncReader reader, InventorySnapshot stored, Moment asOf, CancellationToken cancellationToken)
{
    private readonly AccountReading _accounts = new(reader.Run.Time);
    private int _lastType;

    /// <summary>Accounts whose row is another, as they are in the file: what tells whether other people have the same ids.</summary>
    public List<(int Index, string Login, string Email, Moment? Created)> ChangedAccounts { get; } = [];

    public GrantComparison Grants { get; } = new(stored, asOf);

    public void Run()
    {
        CompareTypes();
        reader.Visit(StoredTable.Resources, CompareResource);
        cancellationToken.ThrowIfCancellationRequested();
        reader.Visit(StoredTable.Entitlements, CompareEntitlement);
        cancellationToken.ThrowIfCancellationRequested();
        reader.Visit(StoredTable.Grants, ReadGrant);
        cancellationToken.ThrowIfCancellationRequested();
        Resolve(stored.Accounts, stored.Resources, RowKind.Account);
        Resolve(stored.Resources, stored.Accounts, RowKind.Resource);
        foreach (ref var known in stored.Entitlements.All)
        {
            if (known.Is(RowMark.Referenced) && !known.Is(RowMark.Listed | RowMark.Newer))
            {
                ResolvePlaceholder(ref known, RowKind.Entitlement);
            }
        }
    }

    /// <summary>After the grants are known: what nothing lists and nothing needs has ended.</summary>
    public void FindEnded()
    {
        FindEnded(stored.Resources, row => stored.Types[row.Type]);
        FindEnded(stored.Accounts, row => stored.Types[row.Type]);
        FindEnded(stored.Entitlements, row => stored.Types[stored.Resources[row.Resource].Type]);
        CompareLinks();
    }

    private void CompareTypes()
    {
        foreach (var type in reader.ResourceTypes())
        {
            var known = stored.Types[TypeOf(Encoding.UTF8.GetBytes(type.Id))];
            var traits = string.Join(',', type.Traits.Select(trait => trait.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal));
            var name = RowHash.Text(type.DisplayName.Length > 0 ? type.DisplayName : type.Id);
            var description = RowHash.Text(type.Description);
            known.IsChanged = known.IsDeleted || known.IsPlaceholder || known.StaleSince is not null || (known.DisplayName, known.Description, known.Traits) != (name, description, traits);
            (known.DisplayName, known.Description, known.Traits) = (name, description, traits);
            known.HoldsAccounts = type.Traits.Any(trait => trait is ResourceType.Types.Trait.User or ResourceType.Types.Trait.Agent);
            known.IsInFile = true;
            known.Message = type;
        }
    }

    // There are few, and rows of one type mostly follow each other.
    private int TypeOf(ReadOnlySpan<byte> utf8)
    {
        if (_lastType < stored.Types.Count && utf8.SequenceEqual(stored.Types[_lastType].Utf8))
        {
            return _lastType;
        }

        for (var index = 0; index < stored.Types.Count; index++)
        {
            if (utf8.SequenceEqual(stored.Types[index].Utf8))
            {
                return _lastType = index;
            }
        }

        var id = RowHash.Text(utf8);
        stored.Types.Add(new() { ExternalId = id, Utf8 = utf8.ToArray(), DisplayName = id, IsSelected = stored.IsSelected(id) });
        return _lastType = stored.Types.Count - 1;
    }

    private void CompareResource(in VisitedRow row)
    {
        var typeIndex = TypeOf(row.TypeId);
        var type = stored.Types[typeIndex];
        if (!type.IsSelected)
        {
            return;
        }

        // Rows of a type that the file does not list are there nevertheless.
        type.HasRows = true;
        var key = stored.Hash.Key(row.TypeId, row.Id);
        var isAccount = type.HoldsAccounts || HasUserTrait(row.Data);
        var rows = isAccount ? stored.Accounts : stored.Resources;
        var index = rows.FindOrAdd(key, typeIndex);
        ref var known = ref rows[index];
        if (known.Is(RowMark.Listed))
        {
            return;
        }

        known.FileRow = row.Row;
        known.FileRawHash = stored.Hash.Of(row.Data);
        known.ParentKey = row.ParentTypeId.IsEmpty && row.ParentId.IsEmpty ? default : stored.Hash.Key(row.ParentTypeId, row.ParentId);
        Compare(ref known, row.Data, index, isAccount ? RowKind.Account : RowKind.Resource);
    }

    private static bool HasUserTrait(ReadOnlySpan<byte> data)
    {
        // The text may also be part of a name: then the message tells.
        if (data.IndexOf("c1.connector.v2.UserTrait"u8) < 0)
        {
            return false;
        }

        return Facts.Trait<UserTrait>(Resource.Parser.ParseFrom(data)) is not null;
    }

    private void CompareEntitlement(in VisitedRow row)
    {
        var typeIndex = TypeOf(row.TypeId);
        if (!stored.Types[typeIndex].IsSelected)
        {
            return;
        }

        var resource = Refer(stored.Resources, typeIndex, row.TypeId, row.Id);
        var index = stored.Entitlements.FindOrAdd(stored.Hash.Key([], row.ExternalId), typeIndex);
        ref var known = ref stored.Entitlements[index];
        if (stored.Resources[resource].Is(RowMark.Newer))
        {
            known.Mark |= RowMark.Newer;
            return;
        }

        known.FileRow = row.Row;
        known.FileRawHash = stored.Hash.Of(row.Data);
        known.Resource = resource;
        known.Type = typeIndex;
        Compare(ref known, row.Data, index, RowKind.Entitlement);
    }

    private void ReadGrant(in VisitedRow row)
    {
        var typeIndex = TypeOf(row.TypeId);
        var principalType = TypeOf(row.PrincipalTypeId);
        if (!stored.Types[typeIndex].IsSelected || !stored.Types[principalType].IsSelected)
        {
            return;
        }

        var entitlementKey = stored.Hash.Key([], row.EntitlementId);
        var entitlement = stored.Entitlements.Find(entitlementKey);
        if (entitlement < 0 || !stored.Entitlements[entitlement].Is(RowMark.Listed | RowMark.Newer))
        {
            entitlement = stored.Entitlements.FindOrAdd(entitlementKey, typeIndex);
            if (stored.Entitlements[entitlement].Resource < 0)
            {
                var resource = Refer(stored.Resources, typeIndex, row.TypeId, row.Id);
                stored.Entitlements[entitlement].Resource = resource;
            }

            ReferTo(stored.Entitlements, entitlement, "", row.EntitlementId);
            var on = stored.Entitlements[entitlement].Resource;
            stored.Resources[on].Mark |= RowMark.Referenced;
            if (!stored.Resources[on].IsOpen && !stored.Resources[on].Is(RowMark.Listed))
            {
                stored.Resources.Name(on, RowHash.Text(row.TypeId), RowHash.Text(row.Id));
            }
        }

        var accountKey = stored.Hash.Key(row.PrincipalTypeId, row.PrincipalId);
        var account = stored.Accounts.Find(accountKey);
        if (account < 0 || !stored.Accounts[account].Is(RowMark.Listed | RowMark.Newer))
        {
            account = Refer(stored.Accounts, principalType, row.PrincipalTypeId, row.PrincipalId);
        }

        Grants.Add(row, entitlement, account, entitlementKey, accountKey);
    }

    private int Refer(KnownRows rows, int typeIndex, ReadOnlySpan<byte> type, ReadOnlySpan<byte> id)
    {
        var index = rows.FindOrAdd(stored.Hash.Key(type, id), typeIndex);
        ReferTo(rows, index, RowHash.Text(type), id);
        return index;
    }

    private void ReferTo(KnownRows rows, int index, string type, ReadOnlySpan<byte> id)
    {
        ref var known = ref rows[index];
        if (known.DeletedAt > asOf.Microseconds)
        {
            known.Mark |= RowMark.Newer;
        }

        if (!known.Is(RowMark.Referenced | RowMark.Newer))
        {
            known.Mark |= RowMark.Referenced;
            if (!known.IsOpen && !known.Is(RowMark.Listed))
            {
                rows.Name(index, type, RowHash.Text(id));
            }
        }
    }

    private void Compare(ref KnownRow known, ReadOnlySpan<byte> data, int index, RowKind kind)
    {
        if (known.DeletedAt > asOf.Microseconds || (known.IsOpen && known.Since > asOf.Microseconds))
        {
            known.Mark |= RowMark.Newer | (known.IsOpen ? RowMark.Listed : RowMark.None);
            return;
        }

        known.Mark |= RowMark.Listed;
        if (known.IsOpen)
        {
            if (known.RawHash != known.FileRawHash || known.Is(RowMark.WasPlaceholder))
            {
                CompareMessage(ref known, data, index, kind);
            }
        }
        else
        {
            Begin(ref known, kind);
            if (kind == RowKind.Entitlement)
            {
                CompareMessage(ref known, data, index, kind);
            }
        }
    }

    // An account that ended does not come back: the same id is another account. Everything else is the same row again.
    private static void Begin(ref KnownRow known, RowKind kind)
    {
        known.Mark |= known.Id != 0 && kind != RowKind.Account ? RowMark.Returned : RowMark.New;
        known.Incarnation++;
    }

    private void CompareMessage(ref KnownRow known, ReadOnlySpan<byte> data, int index, RowKind kind)
    {
        switch (kind)
        {
            case RowKind.Account:
                CompareAccountMessage(ref known, data, index);
                break;
            case RowKind.Resource:
                CompareResourceMessage(ref known, data);
                break;
            default:
                CompareEntitlementMessage(ref known, data);
                break;
        }
    }

    private void CompareAccountMessage(ref KnownRow known, ReadOnlySpan<byte> data, int index)
    {
        var draft = AccountDraft.Of(Resource.Parser.ParseFrom(data), stored.Types[known.Type], _accounts);
        if (known.Hash == draft.HashWith(stored.Hash))
        {
            known.Mark |= RowMark.Touched;
            return;
        }

        known.Mark |= RowMark.Changed;
        if (!known.Is(RowMark.WasPlaceholder | RowMark.WasMirror))
        {
            ChangedAccounts.Add((index, draft.Login, draft.Email, draft.SourceCreatedAt));
        }
    }

    private void CompareResourceMessage(ref KnownRow known, ReadOnlySpan<byte> data)
        => known.Mark |= known.Hash == ResourceDraft.Of(Resource.Parser.ParseFrom(data)).HashWith(stored.Hash) ? RowMark.Touched : RowMark.Changed;

    private void CompareEntitlementMessage(ref KnownRow known, ReadOnlySpan<byte> data)
    {
        var draft = EntitlementDraft.Of(Entitlement.Parser.ParseFrom(data));
        known.Mark = draft.IsPrivileged ? known.Mark | RowMark.IsPrivileged : known.Mark & ~RowMark.IsPrivileged;
        if (known.IsOpen)
        {
            known.Mark |= known.Hash == draft.HashWith(stored.Hash) ? RowMark.Touched : RowMark.Changed;
        }
    }

    /// <summary>What is referred to, or was there, and is listed as the other kind (or not at all).</summary>
    private void Resolve(KnownRows rows, KnownRows others, RowKind kind)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            ref var known = ref rows[index];
            if (known.Is(RowMark.Listed | RowMark.Newer) || !(known.IsOpen || known.Is(RowMark.Referenced)))
            {
                continue;
            }

            if (others.Find(known.Key) is var other and >= 0 && others[other].Is(RowMark.Listed) && !others[other].Is(RowMark.Mirror))
            {
                known.FileRow = others[other].FileRow;
                known.FileRawHash = others[other].FileRawHash;
                known.Mark |= RowMark.Listed | RowMark.Mirror;
                ResolveMirror(rows, index, kind);
            }
            else if (known.Is(RowMark.Referenced))
            {
                ResolvePlaceholder(ref known, kind);
            }
        }
    }

    private void ResolveMirror(KnownRows rows, int index, RowKind kind)
    {
        ref var known = ref rows[index];
        if (!known.IsOpen)
        {
            Begin(ref known, kind);
        }
        else if (known.RawHash != known.FileRawHash || known.Is(RowMark.WasPlaceholder))
        {
            reader.Visit(StoredTable.Resources, [known.FileRow], (in row) => CompareMessage(ref rows[index], row.Data, index, kind));
        }
    }

    private void ResolvePlaceholder(ref KnownRow known, RowKind kind)
    {
        if (!known.IsOpen)
        {
            Begin(ref known, kind);
        }
        else if (known.Since > asOf.Microseconds)
        {
            known.Mark |= RowMark.Newer;
        }
        else if (stored.Types[known.Type].IsAbsent)
        {
            known.Mark |= RowMark.OutOfScope;
        }
        else if (!known.Is(RowMark.WasPlaceholder))
        {
            known.Mark |= RowMark.BecamePlaceholder;
        }
    }

    private void FindEnded(KnownRows rows, Func<KnownRow, KnownType> typeOf)
    {
        foreach (ref var known in rows.All)
        {
            if (!known.IsOpen || known.Is(RowMark.Listed | RowMark.Referenced | RowMark.Newer))
            {
                continue;
            }

            var type = typeOf(known);
            if (known.Since > asOf.Microseconds)
            {
                known.Mark |= RowMark.Newer;
            }
            else if (type.IsOutOfScope)
            {
                known.Mark |= RowMark.OutOfScope;
            }
            else
            {
                known.Mark |= RowMark.Ended;
            }
        }
    }

    /// <summary>Whether anything that grants refer to begins, ends, or is out of what the file tells.</summary>
    public bool MovesAnything()
        => stored.Types.Exists(type => type.IsAbsent || type.StaleSince is not null || !type.IsSelected)
            || Moves(stored.Resources) || Moves(stored.Accounts) || Moves(stored.Entitlements);

    /// <summary>Whether a task changed something later than this sync began, so that the file was not applied in full.</summary>
    public bool LeavesAnythingAlone()
        => Grants.LeavesAnythingAlone || stored.Accounts.With(RowMark.Newer).Count > 0 || stored.Entitlements.With(RowMark.Newer).Count > 0
            || stored.Resources.With(RowMark.Newer).Count > 0;

    private static bool Moves(KnownRows rows)
    {
        foreach (ref var known in rows.All)
        {
            if (known.Is(RowMark.New | RowMark.Returned | RowMark.Newer) || (known.IsOpen && !known.Is(RowMark.Listed | RowMark.Referenced)))
            {
                return true;
            }
        }

        return false;
    }

    // Which resource is around which, and which an entitlement is on, is known when all are.
    private void CompareLinks()
    {
        foreach (ref var known in stored.Resources.All)
        {
            if (known.Is(RowMark.Listed) && known.IsOpen && !known.Is(RowMark.Newer) && ParentOf(known) is var parent
                && (parent < 0 ? known.LinkId != 0 : stored.Resources[parent].Id != known.LinkId || stored.Resources[parent].Id == 0))
            {
                known.Mark = (known.Mark & ~RowMark.Touched) | RowMark.Changed;
            }
        }

        foreach (ref var known in stored.Entitlements.All)
        {
            if (known.Is(RowMark.Listed) && known.IsOpen && !known.Is(RowMark.Newer) && stored.Resources[known.Resource].Id != known.LinkId)
            {
                known.Mark = (known.Mark & ~RowMark.Touched) | RowMark.Changed;
            }
        }
    }

    /// <summary>The index of the resource around one; −1 without, or when it is not there.</summary>
    public int ParentOf(in KnownRow known)
    {
        if (known.ParentKey == default || stored.Resources.Find(known.ParentKey) is not (var parent and >= 0))
        {
            return -1;
        }

        ref var around = ref stored.Resources[parent];
        return !around.Is(RowMark.Ended) && (around.IsOpen || around.Is(RowMark.New | RowMark.Returned)) ? parent : -1;
    }
}

internal enum RowKind
{
    Resource,
    Account,
    Entitlement,
}
