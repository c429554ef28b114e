using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;

namespace Baton.Evidence.Review.Decisions;

/// <summary>
/// Holds a filled-in sheet against the file that it was made of. Each thing that is wrong is one line that names the row; nothing is taken
/// from a sheet in which anything is wrong.
/// </summary>
public sealed class DecisionCheck
{
    private static readonly char[] NameBreaks = [' ', '\t', '<', '>', '(', ')', ',', ';'];

    private readonly string _source;
    private readonly string? _decidedBy;
    private readonly Dictionary<RowId, AccessRow> _rows = [];
    private readonly Dictionary<RowId, Decision> _decisions = [];
    private readonly List<string> _problems = [];
    private bool _isForeign;

    /// <param name="decidedBy">Who decided where the sheet does not say; null when it must say.</param>
    public DecisionCheck(AccessBook book, FileProvenance provenance, ReviewScope scope, string? decidedBy)
    {
        _source = provenance.Source;
        _decidedBy = decidedBy;
        foreach (var row in book.Rows.Where(row => scope.Contains(row.Target)))
        {
            if (!_rows.TryAdd(row.Id, row))
            {
                throw new EvidenceException($"the grants {_rows[row.Id].GrantId} and {row.GrantId} have the same row id; no sheet can tell them apart", EvidenceError.BadInput);
            }
        }
    }

    public IReadOnlyList<string> Problems => _problems;

    public int Population => _rows.Count;

    /// <summary>Those with a decision, in the order of the sheet.</summary>
    public IEnumerable<Decision> Decisions => _decisions.Values;

    /// <summary>Rows of the file about which nothing was decided.</summary>
    public IEnumerable<AccessRow> Undecided => _rows.Where(row => !_decisions.ContainsKey(row.Key)).Select(row => row.Value);

    public void Take(SheetRow row)
    {
        if (Problem(row, out var decision) is { } problem)
        {
            if (problem.Length > 0)
            {
                _problems.Add($"{row.Place}: {problem}");
            }
        }
        else if (decision is not null)
        {
            var id = RowId.Parse(decision.RowId)!.Value;
            if (!_decisions.TryAdd(id, decision) && !IsSame(_decisions[id], decision))
            {
                _problems.Add($"{row.Place}: {Describe(_rows[id])} is decided twice: {Text(_decisions[id])} in row {_decisions[id].Row}, {Text(decision)} here");
            }
        }
    }

    /// <summary>What only all rows together show.</summary>
    public void Finish()
    {
        var revoked = _decisions.Values.Where(decision => decision.Kind == DecisionKind.Revoke)
            .GroupBy(decision => (decision.AccountId, decision.EntitlementId))
            .ToDictionary(group => group.Key, group => group.First().Row);
        foreach (var change in _decisions.Values)
        {
            if (change.NewEntitlementId is { } wanted && revoked.TryGetValue((change.AccountId, wanted), out var row))
            {
                _problems.Add($"row {change.Row}: {change.AccountId} is to be changed to {change.NewRole}, which row {row} revokes");
            }
        }
    }

    private string? Problem(SheetRow sheet, out Decision? decision)
    {
        decision = null;
        var given = sheet[ReviewColumns.RowId];
        if (given.Length == 0 && sheet[ReviewColumns.Decision].Length == 0)
        {
            // A remark below the table, or a row of totals.
            return null;
        }

        if (RowId.Parse(given) is not { } id)
        {
            return $"\"{given}\" is not a row id";
        }

        if (sheet[ReviewColumns.Source] != _source)
        {
            // A sheet of another file is wrong in every row, and one line says so.
            var isFirst = !_isForeign;
            _isForeign = true;
            return isFirst ? $"made of another file or sync: the mark of the row is \"{sheet[ReviewColumns.Source]}\", that of this file {_source}" : "";
        }

        if (!_rows.TryGetValue(id, out var row))
        {
            return $"the file holds no row {given} (was the sheet made with another --scope?)";
        }

        if (Mismatch(sheet, row) is { } mismatch)
        {
            return mismatch;
        }

        var text = sheet[ReviewColumns.Decision];
        if (text.Length == 0)
        {
            return sheet[ReviewColumns.NewRole].Length > 0 ? $"{Describe(row)} has a new role but no decision; write change" : null;
        }

        if (DecisionKinds.Parse(text) is not { } kind)
        {
            return $"unknown decision \"{text}\"; use keep, change, revoke or defer";
        }

        var by = sheet[ReviewColumns.DecidedBy] is { Length: > 0 } named ? named : _decidedBy ?? "";
        return by.Length == 0 ? "nobody is named in decided_by (--decided-by names one for all)"
            : IsOwn(row.Account, by) ? $"{by} decides about an account of their own ({Describe(row)})"
            : Complete(sheet, row, kind, by, out decision);
    }

    private static string? Complete(SheetRow sheet, AccessRow row, DecisionKind kind, string by, out Decision? decision)
    {
        decision = null;
        AccessRole? newRole = null;
        var wanted = sheet[ReviewColumns.NewRole];
        if (kind == DecisionKind.Change)
        {
            newRole = row.Target.Roles.FirstOrDefault(role => role.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase) || role.Id == wanted);
            if (wanted.Length == 0)
            {
                return "change needs a new_role";
            }

            if (newRole is null || newRole.IsMissing)
            {
                return $"{row.Target.Label} has no role \"{wanted}\"; it has {string.Join(", ", row.Target.Roles.Where(role => !role.IsMissing).Select(role => role.Name))}";
            }

            if (newRole == row.Role)
            {
                return $"change to {wanted} changes nothing; {Describe(row)} has that role";
            }
        }
        else if (wanted.Length > 0)
        {
            return $"{kind.Name()} and the new role \"{wanted}\" contradict each other; use change for a new role";
        }

        decision = Make(sheet, row, kind, by, newRole);
        return null;
    }

    private static Decision Make(SheetRow sheet, AccessRow row, DecisionKind kind, string by, AccessRole? newRole) => new()
    {
        Row = sheet.Row,
        RowId = row.Id.ToString(),
        GrantId = row.GrantId,
        AccountId = row.Account.Reference,
        AccountName = row.Account.Name,
        Login = row.Account.Login,
        Email = row.Account.Email,
        ResourceId = row.Target.Reference,
        ResourceName = row.Target.Label,
        EntitlementId = row.Role.Id,
        Role = row.Role.Name,
        Kind = kind,
        NewRole = newRole?.Name,
        NewEntitlementId = newRole?.Id,
        Replaces = newRole is not null && newRole.ExclusionGroup.Length > 0 && newRole.ExclusionGroup == row.Role.ExclusionGroup,
        Reason = NullIfEmpty(sheet[ReviewColumns.Reason]),
        DecidedBy = by,
        DecidedOn = NullIfEmpty(SheetText.Day(sheet[ReviewColumns.DecidedOn])),
        Ticket = NullIfEmpty(sheet[ReviewColumns.Ticket]),
        FirstSeen = NullIfEmpty(SheetText.Day(sheet["first_seen"])),
        Revocable = ReviewRow.RevocableText(row),
    };

    // Sorting some of the columns and not the others puts decisions on other people's rows. The ids beside the decision tell.
    private static string? Mismatch(SheetRow sheet, AccessRow row)
    {
        (string Column, string Expected)[] cells =
        [
            (ReviewColumns.AccountId, row.Account.Reference), (ReviewColumns.ResourceId, row.Target.Reference),
            (ReviewColumns.Role, row.Role.Name), (ReviewColumns.GrantId, row.GrantId),
        ];
        foreach (var (column, expected) in cells)
        {
            if (!SheetText.IsSame(sheet[column], expected))
            {
                return $"row id {row.Id} is that of {column} {expected}, but the sheet says {sheet[column]} (were only some of the columns sorted?)";
            }
        }

        return null;
    }

    // People write their address, their login, or their name. Who writes an address means nobody else of the same name.
    private static bool IsOwn(Principal account, string by)
    {
        var addresses = by.Split(NameBreaks, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains('@', StringComparison.Ordinal)).ToList();
        return addresses.Count > 0
            ? addresses.Exists(address => Same(address, account.Email) || Same(address, account.Login))
            : account.MayBePerson && (Same(by, account.Login) || Same(by, account.Name));

        static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSame(Decision left, Decision right) => left.Kind == right.Kind && left.NewEntitlementId == right.NewEntitlementId;

    private static string Text(Decision decision) => decision.NewRole is { } role ? $"change to {role}" : decision.Kind.Name();

    private static string Describe(AccessRow row) => $"{row.Account.Name} ({row.Account.Reference}) on {row.Target.Label}";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
