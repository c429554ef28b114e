using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podium.Api;

/// <summary>What an answer carries along with its rows, each named by a path such as <c>$.expanded[0]</c>.</summary>
internal sealed class Expansion
{
    public static JsonArray None => [];

    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly JsonArray _expanded = [];

    public JsonArray Expanded => _expanded;

    /// <returns>The path to it; the same for what is there already.</returns>
    /// <param name="type">Its full name, such as <c>c1.api.app.v1.App</c>.</param>
    /// <param name="id">That tells it from others of its type.</param>
    /// <param name="model">Itself.</param>
    public string Add<T>(string type, string id, T model)
    {
        if (!_paths.TryGetValue(type + id, out var path))
        {
            var node = JsonSerializer.SerializeToNode(model, ApiJson.Options)!.AsObject();
            node.Insert(0, "@type", "type.googleapis.com/" + type);
            path = $"$.expanded[{_expanded.Count}]";
            _paths[type + id] = path;
            _expanded.Add((JsonNode)node);
        }

        return path;
    }
}

/// <summary>What a request wants expanded, by the names of the members that hold the ids.</summary>
internal sealed record ExpandMask
{
    public IReadOnlyList<string>? Paths { get; init; }

    /// <param name="path">In snake_case, as the clients of this API family write it; camelCase is taken too.</param>
    public bool Has(string path) => Paths?.Any(given => given is not null && JsonNamingPolicy.SnakeCaseLower.ConvertName(given) == path) == true;
}
