using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;

namespace Baton.Cli.Explorer.Api;

/// <summary>What the index holds, as documents.</summary>
internal sealed class DocumentMaker(ExplorerIndex index)
{
    public AccountDocument Account(Principal account) => Account(account, index.FlagsOf(account));

    public AccountDocument Account(Principal account, FindingSet flags) => new(
        account.TypeId,
        index.TypeName(account.TypeId),
        account.Id,
        account.Name,
        account.Login,
        account.Email,
        Word(account.Kind),
        Word(account.Status),
        Word(account.LastSeen.Quality),
        account.LastSeen.IsObserved ? account.LastSeen.Time.UtcDateTime : null,
        account.LastSeen.DaysBefore(index.Book.AsOf),
        account.Created?.UtcDateTime,
        account.Grants,
        account.HighestRole is { } role ? Name(role) : null,
        [.. flags.Codes().Select(code => FindingCatalog.Of(code).Name)]);

    public ListedResource Resource(AccessTarget target)
    {
        var count = index.Count(target);
        return new(
            target.TypeId, target.TypeName, target.Id, target.Label, target.Parent is { } parent ? Reference(parent) : null,
            target.Roles.Count, count.People, count.Administrators);
    }

    public static Reference Reference(AccessTarget target) => new(target.TypeId, target.TypeName, target.Id, target.Label);

    public Reference Reference(Principal account) => new(account.TypeId, index.TypeName(account.TypeId), account.Id, account.Name);

    public static RoleName Name(AccessRole role) => new(role.Id, role.Name, role.IsPrivileged);

    public static AccessDocument Access(AccessRow row)
        => new(Reference(row.Target), Name(row.Role), Word(row.How.Way), row.How.Via, row.IsRevocable, row.GrantId);

    public PersonDocument Person(AccessRow row)
        => new(Account(row.Account, row.Flags), Name(row.Role), Word(row.How.Way), row.How.Via, row.IsRevocable, row.GrantId);

    public FoundRole Found(AccessRole role) => new(role.Id, role.Name, role.IsPrivileged, Reference(role.Target), index.CountRows(role));

    /// <summary>The name of a value, as the page has it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
        => ApiQuery.Camel(value.ToString());
}
