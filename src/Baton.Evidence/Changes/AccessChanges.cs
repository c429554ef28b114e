using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Evidence.Changes;

/// <summary>
/// What changed since an earlier file. Grants are matched by resource, entitlement and principal; one that went and one that came on the
/// same resource for the same account are a change of role.
/// </summary>
public sealed class AccessChanges
{
    private readonly Dictionary<RowId, AccessRow> _earlierRows = [];
    private readonly Dictionary<RowId, List<AccessRow>> _wentByHolder = [];
    private readonly List<AccessRow> _removedRows = [];
    private readonly Dictionary<RowId, Account> _earlierAccounts = [];

    public AccessChanges(AccessBook earlier, AccessBook now)
    {
        Earlier = earlier;
        Now = now;
        var present = new HashSet<RowId>(now.Rows.Count);
        foreach (var row in now.Rows)
        {
            present.Add(row.Id);
        }

        foreach (var row in earlier.Rows)
        {
            var id = row.Id;
            _earlierRows.TryAdd(id, row);
            if (!present.Contains(id))
            {
                _removedRows.Add(row);
                _wentByHolder.TryAdd(Holder(row), []);
                _wentByHolder[Holder(row)].Add(row);
            }
        }

        foreach (var account in earlier.Accounts)
        {
            _earlierAccounts.TryAdd(Key(account), account);
        }
    }

    public AccessBook Earlier { get; }

    public AccessBook Now { get; }

    /// <summary>Rows of the earlier file that are not there any more, changed roles included.</summary>
    public IReadOnlyList<AccessRow> RemovedRows => _removedRows;

    public bool IsNew(AccessRow row) => !_earlierRows.ContainsKey(row.Id);

    /// <summary>The role that the account had instead; null when it had none, or still has it.</summary>
    public AccessRole? RoleBefore(AccessRow row)
        => IsNew(row) && _wentByHolder.TryGetValue(Holder(row), out var went) ? went.MaxBy(gone => gone.Role.Rank).Role : null;

    public bool IsNewlyPrivileged(AccessRow row)
    {
        if (!row.IsPrivileged)
        {
            return false;
        }

        return IsNew(row)
            ? RoleBefore(row) is not { IsPrivileged: true } before || before.Rank < row.Role.Rank
            : !_earlierRows[row.Id].IsPrivileged;
    }

    /// <summary><c>new</c>, <c>unchanged</c>, or <c>role changed (from Viewer)</c>.</summary>
    public string Since(AccessRow row) => !IsNew(row) ? "unchanged" : RoleBefore(row) is { } before ? $"role changed (from {before.Name})" : "new";

    /// <summary>Every difference: grants by resource, then accounts.</summary>
    public IEnumerable<AccessChange> All()
    {
        var replaced = new HashSet<RowId>();
        foreach (var row in Now.Rows)
        {
            if (IsNew(row))
            {
                var before = RoleBefore(row);
                if (before is not null)
                {
                    replaced.Add(Holder(row));
                }

                yield return new(
                    before is null ? AccessChangeKind.Granted : AccessChangeKind.RoleChanged, row.Account, row.Target, before?.Name ?? "", row.Role.Name, IsNewlyPrivileged(row));
            }
        }

        foreach (var row in RemovedRows)
        {
            if (!replaced.Contains(Holder(row)))
            {
                yield return new(AccessChangeKind.Removed, row.Account, row.Target, row.Role.Name, "", IsPrivilegeUp: false);
            }
        }

        foreach (var change in AccountChanges())
        {
            yield return change;
        }
    }

    private IEnumerable<AccessChange> AccountChanges()
    {
        var present = Now.Accounts.Where(account => !account.IsMissing).Select(Key).ToHashSet();
        foreach (var account in Now.Accounts.Where(account => !account.IsMissing))
        {
            if (!_earlierAccounts.TryGetValue(Key(account), out var before) || before.IsMissing)
            {
                yield return new(AccessChangeKind.AccountAdded, account, null, "", account.Status.ToString().ToLowerInvariant(), IsPrivilegeUp: false);
                continue;
            }

            if (before.Status != account.Status)
            {
                yield return new(
                    account.IsDisabled ? AccessChangeKind.AccountDisabled
                        : account.Status == AccountStatus.Enabled ? AccessChangeKind.AccountEnabled
                        : AccessChangeKind.AccountStatusLost,
                    account,
                    null,
                    before.Status.ToString().ToLowerInvariant(),
                    account.Status.ToString().ToLowerInvariant(),
                    IsPrivilegeUp: false);
            }

            if (Naming(before) != Naming(account))
            {
                yield return new(AccessChangeKind.AccountRenamed, account, null, Naming(before), Naming(account), IsPrivilegeUp: false);
            }
        }

        foreach (var account in Earlier.Accounts.Where(account => !account.IsMissing && !present.Contains(Key(account))))
        {
            yield return new(AccessChangeKind.AccountRemoved, account, null, account.Status.ToString().ToLowerInvariant(), "", IsPrivilegeUp: false);
        }
    }

    private static string Naming(Account account) => account.Email.Length > 0 ? $"{account.Name} <{account.Email}>" : account.Name;

    private static RowId Key(Account account) => RowId.Of(account.TypeId, account.Id);

    private static RowId Holder(AccessRow row) => RowId.Of(row.Target.TypeId, row.Target.Id, row.Account.TypeId, row.Account.Id);
}
