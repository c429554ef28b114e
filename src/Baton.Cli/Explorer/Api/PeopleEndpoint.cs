using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>Who has access to a resource.</summary>
internal sealed class PeopleEndpoint(ExplorerIndex index, DocumentMaker documents)
{
    private static readonly Dictionary<string, Comparison<AccessRow>> Orders = new(StringComparer.Ordinal)
    {
        ["name"] = (left, right) => left.Account.Order.CompareTo(right.Account.Order),
        ["status"] = (left, right) => left.Account.Status.CompareTo(right.Account.Status),
        ["lastSeen"] = (left, right) => left.Account.LastSeen.Time.CompareTo(right.Account.LastSeen.Time),
        ["role"] = AccessEndpoint.CompareRoles,
        ["how"] = (left, right) => left.How.Way.CompareTo(right.How.Way),
    };

    private readonly ListAnswer<AccessRow, PersonDocument> _answer =
        new("people", documents.Person, ExplorerJson.Default.ListDocumentPersonDocument, ExportColumns.Person);

    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var filter = AccountsQuery.OfHolder(query, index.Book.AsOf);
        var way = query.Choice<Way>("how");
        var rows = Rows(query).Where(row => (way is null || row.How.Way == way)
            && (filter.IsEmpty || filter.Admits(row.Account, new(row.Flags.Bits | index.FlagsOf(row.Account).Bits))));
        return _answer.SendAsync(context, query, query.Sort(rows, Orders));
    }

    private IEnumerable<AccessRow> Rows(ApiQuery query)
    {
        if (index.FindTarget(query.Required("type"), query.Required("id")) is not { } target)
        {
            return [];
        }

        return query.Text("role") is not { } id ? index.RowsOf(target)
            : index.FindRole(id) is { } role && role.Target == target ? index.RowsOf(role)
            : [];
    }
}

internal sealed record PersonDocument(AccountDocument Account, RoleName Role, string How, IReadOnlyList<string> Via, bool Revocable, string GrantId);
