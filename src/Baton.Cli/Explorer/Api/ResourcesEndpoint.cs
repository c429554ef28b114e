using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>Everything that is not an account, narrowed and sorted.</summary>
internal sealed class ResourcesEndpoint
{
    private readonly Dictionary<string, Comparison<AccessTarget>> _orders;
    private readonly SortedCopies<AccessTarget> _sorted;
    private readonly ListAnswer<AccessTarget, ListedResource> _answer;

    public ResourcesEndpoint(ExplorerIndex index, DocumentMaker documents)
    {
        _orders = new(StringComparer.Ordinal)
        {
            ["name"] = (left, right) => string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase),
            ["type"] = (left, right) => string.Compare(left.TypeName, right.TypeName, StringComparison.OrdinalIgnoreCase),
            ["roles"] = (left, right) => left.Roles.Count.CompareTo(right.Roles.Count),
            ["people"] = (left, right) => index.Count(left).People.CompareTo(index.Count(right).People),
            ["administrators"] = (left, right) => index.Count(left).Administrators.CompareTo(index.Count(right).Administrators),
        };
        _sorted = new(index.Book.Resources, _orders);
        _answer = new("resources", documents.Resource, ExplorerJson.Default.ListDocumentListedResource, ExportColumns.Resource);
    }

    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var sorted = _sorted.By(query.Text("sort")) ?? throw query.UnknownSort(_orders.Keys);
        var search = new TextSearch(query.Words);
        var type = query.Text("type");
        return _answer.SendAsync(context, query, sorted.Where(target => (type is null || target.TypeId == type) && search.Matches(target)));
    }
}

internal sealed record ListedResource(
    string Type, string TypeName, string Id, string Name, Reference? Parent, int Roles, int People, int Administrators);
