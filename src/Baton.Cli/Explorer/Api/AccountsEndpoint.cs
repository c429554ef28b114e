using Baton.Cli.Explorer.Model;
using Baton.Evidence.Accounts;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>The accounts, narrowed and sorted.</summary>
internal sealed class AccountsEndpoint(ExplorerIndex index, DocumentMaker documents)
{
    private static readonly Dictionary<string, Comparison<Principal>> Orders = new(StringComparer.Ordinal)
    {
        ["name"] = (left, right) => left.Order.CompareTo(right.Order),
        ["status"] = (left, right) => left.Status.CompareTo(right.Status),
        ["kind"] = (left, right) => left.Kind.CompareTo(right.Kind),
        ["lastSeen"] = (left, right) => Time(left).CompareTo(Time(right)),
        ["created"] = (left, right) => Nullable.Compare(left.Created, right.Created),
        ["grants"] = (left, right) => left.Grants.CompareTo(right.Grants),
        ["role"] = (left, right) => Rank(left).CompareTo(Rank(right)),
    };

    private readonly SortedCopies<Principal> _sorted = new(index.Accounts, Orders);

    private readonly ListAnswer<Principal, AccountDocument> _answer =
        new("accounts", documents.Account, ExplorerJson.Default.ListDocumentAccountDocument, ExportColumns.Account);

    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var sorted = _sorted.By(query.Text("sort")) ?? throw query.UnknownSort(Orders.Keys);
        var filter = AccountsQuery.Of(query, index.Book.AsOf);
        return _answer.SendAsync(context, query, filter.IsEmpty ? sorted : sorted.Where(account => filter.Admits(account, index.FlagsOf(account))));
    }

    // Who never signed in was last seen before anybody else; of whom nothing is known, stands before them.
    private static long Time(Principal account) => account.LastSeen.Quality switch
    {
        LastSeenQuality.Unknown => -1,
        LastSeenQuality.Never => 0,
        _ => account.LastSeen.Time.UtcTicks,
    };

    private static int Rank(Principal account) => account.HighestRole?.Rank ?? -1;
}
