using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>What an account or a group has access to.</summary>
internal sealed class AccessEndpoint(ExplorerIndex index)
{
    private static readonly Dictionary<string, Comparison<AccessRow>> Orders = new(StringComparer.Ordinal)
    {
        ["resource"] = (left, right) => string.Compare(left.Target.Name, right.Target.Name, StringComparison.OrdinalIgnoreCase),
        ["type"] = (left, right) => string.Compare(left.Target.TypeName, right.Target.TypeName, StringComparison.OrdinalIgnoreCase),
        ["role"] = CompareRoles,
        ["how"] = (left, right) => left.How.Way.CompareTo(right.How.Way),
    };

    private static readonly ListAnswer<AccessRow, AccessDocument> Answer =
        new("access", DocumentMaker.Access, ExplorerJson.Default.ListDocumentAccessDocument, ExportColumns.Access);

    /// <summary>The more privileged are the larger.</summary>
    public static int CompareRoles(AccessRow left, AccessRow right)
        => left.Role.Rank.CompareTo(right.Role.Rank) is var byRank and not 0 ? byRank
            : string.Compare(left.Role.Name, right.Role.Name, StringComparison.OrdinalIgnoreCase);

    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var search = new TextSearch(query.Words);
        var way = query.Choice<Way>("how");
        var holder = index.FindHolder(query.Required("type"), query.Required("id"));
        var rows = holder is null ? [] : index.RowsOf(holder).Where(row => (way is null || row.How.Way == way)
            && (search.IsEmpty || search.Matches(row.Target.Name, row.Target.Reference, row.Role.Name, row.Role.Id)));
        return Answer.SendAsync(context, query, query.Sort(rows, Orders));
    }
}

/// <param name="How"><c>direct</c>, <c>inherited</c> or <c>both</c>.</param>
/// <param name="Via">What it is inherited from, in words.</param>
internal sealed record AccessDocument(Reference Resource, RoleName Role, string How, IReadOnlyList<string> Via, bool Revocable, string GrantId);
