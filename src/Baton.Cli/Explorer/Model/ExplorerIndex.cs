using Baton.C1z.Reading;
using Baton.Evidence;
using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Explorer.Model;

/// <summary>
/// The book of one sync, with the ways into it that the page needs: by name, by account, by resource. Made once; nothing of it changes,
/// and so any number of requests may read it.
/// </summary>
internal sealed class ExplorerIndex
{
    private readonly Dictionary<(string Type, string Id), Principal> _holders;
    private readonly Dictionary<(string Type, string Id), AccessTarget> _targets = [];
    private readonly Dictionary<string, AccessRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<AccessTarget, TargetRows> _rowsOf = [];
    private readonly int[] _rowsByHolder;
    private readonly int[] _holderStarts;
    private readonly int[] _roleStarts;
    private readonly bool[] _isAdministrator;

    private ExplorerIndex(AccessBook book, IReadOnlyDictionary<string, TypeFacts> types)
    {
        Book = book;
        Types = types;
        Accounts = [.. book.Accounts.Where(account => account.Kind != AccountKind.Group)];
        _holders = new(book.Accounts.Count);
        foreach (var account in book.Accounts)
        {
            _holders.TryAdd((account.TypeId, account.Id), account);
        }

        foreach (var target in book.Targets.Concat(book.Resources))
        {
            _targets.TryAdd((target.TypeId, target.Id), target);
        }

        foreach (var role in book.Roles)
        {
            _roles.TryAdd(role.Id, role);
        }

        (_holderStarts, _rowsByHolder) = GroupByHolder(book);
        _roleStarts = StartsOfRoles(book);
        _isAdministrator = new bool[book.Accounts.Count];
        foreach (var row in book.Rows)
        {
            _isAdministrator[row.Account.Order] |= row.IsPrivileged;
        }

        CountPeople();
    }

    public AccessBook Book { get; }

    /// <summary>By type id.</summary>
    public IReadOnlyDictionary<string, TypeFacts> Types { get; }

    /// <summary>Those that are no groups, by name.</summary>
    public IReadOnlyList<Principal> Accounts { get; }

    /// <param name="progress">Told now and then how many rows have been read.</param>
    public static ExplorerIndex Build(SyncReader reader, EvidenceOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var book = AccessBook.Read(reader, options, cancellationToken, progress);
        var types = reader.ResourceTypes().ToDictionary(type => type.Id, type => new TypeFacts(type.Id, type.DisplayName, type.Traits.Contains(ResourceType.Types.Trait.User) || type.Traits.Contains(ResourceType.Types.Trait.Agent)), StringComparer.Ordinal);
        var index = new ExplorerIndex(book, types);

        // What reading left behind is as large as what stays, and this process may be there for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        return index;
    }

    /// <summary>An account, or a group that holds grants; null when nothing is granted to the resource and it is not an account.</summary>
    public Principal? FindHolder(string type, string id) => _holders.GetValueOrDefault((type, id));

    /// <summary>Null for what is an account alone.</summary>
    public AccessTarget? FindTarget(string type, string id) => _targets.GetValueOrDefault((type, id));

    public AccessRole? FindRole(string id) => _roles.GetValueOrDefault(id);

    public string TypeName(string type) => Types.GetValueOrDefault(type)?.Name is { Length: > 0 } name ? name : type;

    /// <summary>The grants that an account or a group holds, by resource.</summary>
    public IEnumerable<AccessRow> RowsOf(Principal holder)
    {
        for (var i = _holderStarts[holder.Order]; i < _holderStarts[holder.Order + 1]; i++)
        {
            yield return Book.Rows[_rowsByHolder[i]];
        }
    }

    /// <summary>The grants on a resource, the most privileged first, then by name.</summary>
    public IEnumerable<AccessRow> RowsOf(AccessTarget target)
        => target.Roles.Count == 0 ? [] : target.Roles.OrderBy(role => role.Order).SelectMany(RowsOf);

    public IEnumerable<AccessRow> RowsOf(AccessRole role)
    {
        for (var i = _roleStarts[role.Order]; i < _roleStarts[role.Order + 1]; i++)
        {
            yield return Book.Rows[i];
        }
    }

    public int CountRows(Principal holder) => _holderStarts[holder.Order + 1] - _holderStarts[holder.Order];

    public int CountRows(AccessRole role) => _roleStarts[role.Order + 1] - _roleStarts[role.Order];

    public TargetRows Count(AccessTarget target) => _rowsOf.GetValueOrDefault(target);

    /// <summary>Holds a privileged role somewhere, or rules over everything.</summary>
    public bool IsAdministrator(Principal account) => account.IsServerAdmin || _isAdministrator[account.Order];

    /// <summary>What is noticed about the account, all its grants together.</summary>
    public FindingSet FlagsOf(Principal account) => IsAdministrator(account) ? account.Flags.With(FindingCode.Privileged) : account.Flags;

    private static (int[] Starts, int[] Rows) GroupByHolder(AccessBook book)
    {
        var starts = new int[book.Accounts.Count + 1];
        foreach (var row in book.Rows)
        {
            starts[row.Account.Order + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var next = starts.AsSpan(..^1).ToArray();
        var rows = new int[book.Rows.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[next[book.Rows[i].Account.Order]++] = i;
        }

        return (starts, rows);
    }

    // Rows lie in the order of their roles.
    private static int[] StartsOfRoles(AccessBook book)
    {
        var starts = new int[book.Roles.Count + 1];
        foreach (var row in book.Rows)
        {
            starts[row.Role.Order + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return starts;
    }

    // Who holds two roles on a resource is one person with access to it.
    private void CountPeople()
    {
        var seenFor = new int[Book.Accounts.Count];
        var administratorOf = new int[Book.Accounts.Count];
        var stamp = 0;
        foreach (var target in _targets.Values)
        {
            stamp++;
            var (people, administrators, grants) = (0, 0, 0);
            foreach (var row in RowsOf(target))
            {
                grants++;
                people += Math.Sign(stamp - seenFor[row.Account.Order]);
                seenFor[row.Account.Order] = stamp;
                if (row.Role.IsPrivileged && administratorOf[row.Account.Order] != stamp)
                {
                    administrators++;
                    administratorOf[row.Account.Order] = stamp;
                }
            }

            _rowsOf[target] = new(people, administrators, grants);
        }
    }
}

/// <summary>How many grants there are on a resource, how many hold one, and how many of those a privileged one.</summary>
internal readonly record struct TargetRows(int People, int Administrators, int Grants);

/// <param name="Name">In words; may be empty.</param>
/// <param name="IsAccountType">Its resources are accounts, by its traits.</param>
internal sealed record TypeFacts(string Id, string Name, bool IsAccountType);
