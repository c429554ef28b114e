using Microsoft.AspNetCore.Http.Extensions;

namespace Podium.Look;

/// <summary>
/// The address of a page with all of its state: what is searched, filtered, sorted, shown, and where in the list. A change of anything but the
/// place begins the list anew, since the token of a place is good for its filter alone.
/// </summary>
public sealed class PageAddress
{
    public const string Place = "page";

    private readonly IReadOnlyList<KeyValuePair<string, string>> _query;

    private PageAddress(string path, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        Path = path;
        _query = query;
    }

    public string Path { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Query => _query;

    public static PageAddress Of(HttpRequest request) => new(
        request.PathBase + request.Path,
        [.. request.Query.SelectMany(pair => pair.Value, (pair, value) => new KeyValuePair<string, string>(pair.Key, value ?? "")).Where(pair => pair.Value.Length > 0)]);

    /// <summary>Null when it is not there or empty.</summary>
    public string? this[string key] => _query.LastOrDefault(pair => pair.Key == key).Value;

    public IReadOnlyList<string> All(string key) => [.. _query.Where(pair => pair.Key == key).Select(pair => pair.Value)];

    /// <summary>Null takes the key away.</summary>
    public string With(string key, string? value) => With((key, value));

    public string With(params (string Key, string? Value)[] changes)
        => Text(_query.Where(pair => pair.Key != Place && !changes.Any(change => change.Key == pair.Key))
            .Concat(changes.Where(change => !string.IsNullOrEmpty(change.Value)).Select(change => new KeyValuePair<string, string>(change.Key, change.Value!))));

    /// <summary>The same list from another place on.</summary>
    public string At(string? token) => Text(_query.Where(pair => pair.Key != Place).Concat(token is null ? [] : [new(Place, token)]));

    /// <summary>What a form that sets <paramref name="keys"/> must carry along as hidden fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> Without(params string[] keys) => _query.Where(pair => pair.Key != Place && !keys.Contains(pair.Key));

    private string Text(IEnumerable<KeyValuePair<string, string>> query)
    {
        var text = new QueryBuilder(query).ToQueryString().Value;
        return string.IsNullOrEmpty(text) ? Path : Path + text;
    }
}
