using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>The counts that the page begins with. Made once, since nothing changes.</summary>
internal sealed class OverviewEndpoint
{
    private const int MostRoles = 8;
    private const int MostResources = 8;

    /// <summary>What is always shown, also when there is none of it.</summary>
    private static readonly FindingCode[] Main =
    [
        FindingCode.DisabledWithAccess, FindingCode.Privileged, FindingCode.Dormant, FindingCode.External, FindingCode.NoEmail, FindingCode.ServiceAccount,
    ];

    // These are of tokens, of grants or of resources, not of accounts.
    private static readonly FindingCode[] NotOfAccounts =
    [
        FindingCode.TokenExpired, FindingCode.TokenNoExpiry, FindingCode.TokenUnused, FindingCode.NewPrivileged, FindingCode.ServicePrivileged,
        FindingCode.DirectAndInherited, FindingCode.DanglingReference, FindingCode.NoAdmin, FindingCode.SingleAdmin,
    ];

    private readonly ExplorerIndex _index;
    private readonly ExplorerSource _source;
    private readonly ExplorerOptions _options;
    private readonly Lazy<OverviewDocument> _document;

    public OverviewEndpoint(ExplorerIndex index, ExplorerSource source, ExplorerOptions options)
    {
        _index = index;
        _source = source;
        _options = options;
        _document = new(Make);
    }

    private AccessBook Book => _index.Book;

    public Task HandleAsync(HttpContext context) => ApiAnswer.SendAsync(context, _document.Value, ExplorerJson.Default.OverviewDocument);

    private OverviewDocument Make()
    {
        var roles = Roles();
        return new(
            new(Path.GetFileName(_source.Path), Path.GetFullPath(_source.Path), new FileInfo(_source.Path).Length),
            new(Book.Run.Id, Book.Run.TypeName, Book.Run.StartedAt.UtcDateTime, Book.Run.EndedAt?.UtcDateTime),
            _source.Warnings,
            Book.AsOf.UtcDateTime,
            Book.Options.DormantDays,
            new(_index.Accounts.Count, Book.Resources.Count, Book.Roles.Count, Book.Rows.Count),
            Flags(),
            Count(account => account.Status, status => status == AccountStatus.Unknown ? "not provided" : DocumentMaker.Word(status)),
            Count(account => account.Kind, kind => kind == AccountKind.Unknown ? "not provided" : DocumentMaker.Word(kind)),
            Seen(),
            [.. roles.Take(MostRoles)],
            Math.Max(0, roles.Count - MostRoles),
            Types(),
            Largest(),
            [.. _source.Comparable.Select(sync => new ComparableDocument(sync.Key, sync.FileName, sync.Run.StartedAt.UtcDateTime, sync.Run.EndedAt?.UtcDateTime))],
            _options.StartType);
    }

    private List<FlagDocument> Flags()
    {
        var counts = new int[FindingCatalog.All.Count];
        foreach (var account in _index.Accounts)
        {
            foreach (var code in _index.FlagsOf(account).Codes())
            {
                counts[(int)code]++;
            }
        }

        return [.. FindingCatalog.All.Where(entry => Array.IndexOf(NotOfAccounts, entry.Code) < 0)
            .Select(entry => new FlagDocument(
                entry.Name, entry.Label, entry.Rule, FindingCatalog.Name(entry.Severity).Replace(' ', '-'), counts[(int)entry.Code], Array.IndexOf(Main, entry.Code) >= 0))
            .OrderByDescending(flag => flag.Main)];
    }

    private List<CountedValue> Count<T>(Func<Principal, T> of, Func<T, string> label)
        where T : struct, Enum
        => [.. _index.Accounts.GroupBy(of).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Select(group => new CountedValue(DocumentMaker.Word(group.Key), label(group.Key), group.Count()))];

    private List<SeenDocument> Seen()
    {
        var counts = _index.Accounts.GroupBy(account => SeenStep.Of(account.LastSeen, Book.AsOf)).ToDictionary(group => group.Key, group => group.Count());
        return [.. SeenStep.All.Select(step => new SeenDocument(step.Id, step.Label, counts.GetValueOrDefault(step), Mark(step)))];
    }

    private string Mark(SeenStep step) => step.MostDays is not { } days ? step.Id : days > Book.Options.DormantDays ? "dormant" : "recent";

    private List<RoleCount> Roles()
        => [.. Book.Roles.GroupBy(role => role.Name, StringComparer.Ordinal)
            .Select(group => new RoleCount(group.Key, group.Any(role => role.IsPrivileged), group.Sum(_index.CountRows)))
            .Where(role => role.Count > 0)
            .OrderByDescending(role => role.Count).ThenBy(role => role.Name, StringComparer.Ordinal)];

    private List<TypeDocument> Types()
    {
        var types = new Dictionary<string, TypeDocument>(StringComparer.Ordinal);
        foreach (var type in _index.Types.Values)
        {
            types[type.Id] = Get(type.Id) with { IsAccountType = type.IsAccountType };
        }

        foreach (var account in _index.Accounts.Where(account => !account.IsMissing))
        {
            types[account.TypeId] = Get(account.TypeId) with { IsAccountType = true, Resources = Get(account.TypeId).Resources + 1 };
        }

        foreach (var target in Book.Resources.Where(target => !target.IsMissing))
        {
            types[target.TypeId] = Get(target.TypeId) with { Resources = Get(target.TypeId).Resources + 1 };
        }

        foreach (var role in Book.Roles)
        {
            var type = Get(role.Target.TypeId);
            types[type.Id] = type with { Roles = type.Roles + 1, Grants = type.Grants + _index.CountRows(role) };
        }

        return [.. types.Values.OrderByDescending(type => type.Resources).ThenBy(type => type.Id, StringComparer.Ordinal)];

        TypeDocument Get(string id) => types.GetValueOrDefault(id) ?? new(id, _index.TypeName(id), IsAccountType: false, Resources: 0, Roles: 0, Grants: 0);
    }

    private List<LargeResource> Largest()
        => [.. Book.Resources.OrderByDescending(target => _index.Count(target).People).Take(MostResources).Where(target => _index.Count(target).People > 0)
            .Select(target => new LargeResource(target.TypeId, target.Id, target.Label, _index.Count(target).People))];
}
