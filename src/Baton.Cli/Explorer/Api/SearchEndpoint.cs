using Baton.Cli.Explorer.Model;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>One search over accounts, resources and roles.</summary>
internal sealed class SearchEndpoint(ExplorerIndex index, DocumentMaker documents)
{
    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var search = new TextSearch(query.Words);
        var limit = query.Limit;
        return ApiAnswer.SendAsync(
            context,
            new SearchDocument(
                Find(index.Accounts, search.Matches, documents.Account, search, limit),
                Find(index.Book.Resources, search.Matches, documents.Resource, search, limit),
                Find(index.Book.Roles, search.Matches, documents.Found, search, limit)),
            ExplorerJson.Default.SearchDocument);
    }

    private static Found<TDocument> Find<TItem, TDocument>(
        IReadOnlyList<TItem> items, Func<TItem, bool> matches, Func<TItem, TDocument> document, TextSearch search, int limit)
    {
        var total = 0;
        var found = new List<TDocument>();
        foreach (var item in search.IsEmpty ? [] : items)
        {
            if (matches(item))
            {
                total++;
                if (found.Count < limit)
                {
                    found.Add(document(item));
                }
            }
        }

        return new(total, found);
    }
}

internal sealed record SearchDocument(Found<AccountDocument> Accounts, Found<ListedResource> Resources, Found<FoundRole> Roles);

/// <param name="Total">How many there are; the items are the first of them.</param>
internal sealed record Found<T>(int Total, IReadOnlyList<T> Items);

internal sealed record FoundRole(string Id, string Name, bool Privileged, Reference Resource, int People);
