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
    private readonly Dictionary<RowId, Principal> _earlierAccounts = [];

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

        NewAdministrators = FindNewAdministrators();
    }

    /// <summary>Accounts that rule over the whole target system now and did not before, where no grant of theirs tells of it.</summary>
    public IReadOnlyList<Principal> NewAdministrators { get; }

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

    private List<Principal> FindNewAdministrators()
    {
        var raised = Now.Accounts.Where(account => account.IsServerAdmin && !WasAdministrator(account)).ToHashSet();
        if (raised.Count > 0)
        {
            raised.ExceptWith(Now.Rows.Where(row => raised.Contains(row.Account) && IsNewlyPrivileged(row)).Select(row => row.Account).ToList());
        }

        return [.. raised.OrderBy(account => account.Order)];
    }

    private bool WasAdministrator(Principal account) => _earlierAccounts.GetValueOrDefault(Key(account)) is { IsServerAdmin: true };

    private IEnumerable<AccessChange> AccountChanges()
    {
        foreach (var account in NewAdministrators)
        {
            yield return new(AccessChangeKind.AdministratorAdded, account, null, "", "server administrator", IsPrivilegeUp: true);
        }

        var present = Now.Accounts.Where(account => !account.IsMissing).Select(Key).ToHashSet();
        foreach (var account in Now.Accounts.Where(account => !account.IsMissing))
        {
            if (!_earlierAccounts.TryGetValue(Key(account), out var before) || before.IsMissing)
            {
                yield return new(AccessChangeKind.AccountAdded, account, null, "", Words.Of(account.Status), IsPrivilegeUp: false);
                continue;
            }

            if (before.Status != account.Status)
            {
                yield return new(
                    account.IsDisabled ? AccessChangeKind.AccountDisabled
                        : account.Status == AccountStatus.Unknown ? AccessChangeKind.AccountStatusLost
                        : AccessChangeKind.AccountEnabled,
                    account,
                    null,
                    Words.Of(before.Status),
                    Words.Of(account.Status),
                    IsPrivilegeUp: false);
            }

            if (Naming(before) != Naming(account))
            {
                yield return new(AccessChangeKind.AccountRenamed, account, null, Naming(before), Naming(account), IsPrivilegeUp: false);
            }
        }

        foreach (var account in Earlier.Accounts.Where(account => !account.IsMissing && !present.Contains(Key(account))))
        {
            yield return new(AccessChangeKind.AccountRemoved, account, null, Words.Of(account.Status), "", IsPrivilegeUp: false);
        }
    }

    private static string Naming(Principal account) => account.Email.Length > 0 ? $"{account.Name} <{account.Email}>" : account.Name;

    private static RowId Key(Principal account) => RowId.Of(account.TypeId, account.Id);

    private static RowId Holder(AccessRow row) => RowId.Of(row.Target.TypeId, row.Target.Id, row.Account.TypeId, row.Account.Id);
}
