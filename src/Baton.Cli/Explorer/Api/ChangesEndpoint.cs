using Baton.Cli.Explorer.Model;
using Baton.Evidence.Changes;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>What is different between two syncs.</summary>
internal sealed class ChangesEndpoint(ExplorerIndex index, ExplorerSource source, DocumentMaker documents)
{
    private static readonly (AccessChangeKind Kind, string Label)[] Kinds =
    [
        (AccessChangeKind.RoleChanged, "role changed"),
        (AccessChangeKind.Granted, "access granted"),
        (AccessChangeKind.AdministratorAdded, "administrator added"),
        (AccessChangeKind.Removed, "access removed"),
        (AccessChangeKind.AccountAdded, "account added"),
        (AccessChangeKind.AccountRemoved, "account removed"),
        (AccessChangeKind.AccountDisabled, "account disabled"),
        (AccessChangeKind.AccountEnabled, "account enabled"),
        (AccessChangeKind.AccountStatusLost, "status no longer known"),
        (AccessChangeKind.AccountRenamed, "account renamed"),
    ];

    private static readonly Dictionary<string, Comparison<AccessChange>> Orders = new(StringComparer.Ordinal)
    {
        ["kind"] = (left, right) => Rank(left.Kind).CompareTo(Rank(right.Kind)),
        ["account"] = (left, right) => string.Compare(left.Account.Name, right.Account.Name, StringComparison.OrdinalIgnoreCase),
        ["resource"] = (left, right) => string.Compare(left.Target?.Name, right.Target?.Name, StringComparison.OrdinalIgnoreCase),
    };

    private readonly Differences _differences = new(index, source);

    private readonly ListAnswer<AccessChange, ChangeDocument> _answer =
        new("changes", change => Document(change, documents), ExplorerJson.Default.ListDocumentChangeDocument, ExportColumns.Change);

    public async Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var all = await _differences.BetweenAsync(Sync(query, "from", 1), Sync(query, "to", 0), context.RequestAborted);
        var search = new TextSearch(query.Words);
        var kind = query.Choice<AccessChangeKind>("kind");
        var found = search.IsEmpty ? all : [.. all.Where(change => Matches(change, search))];
        var summary = Kinds.Select(each => new CountedValue(DocumentMaker.Word(each.Kind), each.Label, found.Count(change => change.Kind == each.Kind))).ToList();
        var shown = kind is null ? found : found.Where(change => change.Kind == kind);
        await _answer.SendAsync(context, query, query.Sort(shown, Orders), summary);
    }

    private static int Rank(AccessChangeKind kind) => Array.FindIndex(Kinds, each => each.Kind == kind);

    private static bool Matches(AccessChange change, TextSearch search)
        => search.Matches(change.Account.Name, change.Account.Login, change.Account.Email, change.Account.Reference, change.Target?.Name ?? "", change.Before, change.After);

    private static ChangeDocument Document(AccessChange change, DocumentMaker documents) => new(
        DocumentMaker.Word(change.Kind),
        Kinds[Rank(change.Kind)].Label,
        documents.Account(change.Account, change.Account.Flags),
        change.Target is { } target ? DocumentMaker.Reference(target) : null,
        change.Before,
        change.After,
        change.IsPrivilegeUp);

    private ComparableSync Sync(ApiQuery query, string name, int otherwise)
    {
        if (query.Text(name) is { } key)
        {
            return source.Comparable.FirstOrDefault(sync => sync.Key == key) ?? throw ExplorerApiException.NotFound($"There is not a finished full sync {key} here.");
        }

        return source.Comparable.Count > otherwise
            ? source.Comparable[otherwise]
            : throw ExplorerApiException.NotFound("There is only one sync here. Start the explorer with --since and an earlier file to compare them.");
    }
}

internal sealed record ChangeDocument(
    string Kind, string Label, AccountDocument Account, Reference? Resource, string Before, string After, bool PrivilegeUp);
