using Baton.Cli.Explorer.Model;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>What is around one resource: who has access to it, through which roles, and what it has access to itself.</summary>
internal sealed class GraphEndpoint(ExplorerIndex index)
{
    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var (type, id) = (query.Required("type"), query.Required("id"));
        var holder = index.FindHolder(type, id);
        var target = index.FindTarget(type, id);
        if (holder is null && target is null)
        {
            throw ExplorerApiException.NotFound($"This sync holds no {type}:{id}, and nothing in it names one.");
        }

        return ApiAnswer.SendAsync(context, new Neighbourhood(index, holder, target).Draw(), ExplorerJson.Default.GraphDocument);
    }
}

/// <summary>No more than a hundred nodes: what is beyond is one node that counts it.</summary>
internal sealed record GraphDocument(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);

/// <param name="Layer">Its column, from left to right.</param>
/// <param name="Role">For a role: its id.</param>
/// <param name="Show">For what stands for more: the side of the resource that lists them all.</param>
internal sealed record GraphNode(
    string Key, string Kind, int Layer, string LayerName, string Label, string Detail, Reference Reference,
    string? Role = null, string? Show = null, bool Privileged = false, int Count = 0);

internal sealed record GraphEdge(string From, string To, string How, bool Privileged);
