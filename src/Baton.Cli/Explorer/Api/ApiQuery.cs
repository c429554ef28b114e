using System.Globalization;
using Baton.Cli.Explorer.Model;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>The query of a request, read with what it may say. What it does not say is null, or the default.</summary>
internal sealed class ApiQuery(IQueryCollection query)
{
    private const int DefaultLimit = 50;
    private const int HighestLimit = 500;

    // Every word is looked for in every name.
    private const int LongestSearch = 500;

    /// <summary>The words that must all be found.</summary>
    /// <exception cref="ExplorerApiException">There are too many.</exception>
    public IReadOnlyList<string> Words => Text("q") switch
    {
        null => [],
        { Length: > LongestSearch } => throw ExplorerApiException.BadRequest($"q is longer than {LongestSearch} characters"),
        var text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    /// <summary>Rows to leave out in front.</summary>
    public int Offset => Number("offset", 0, 0, int.MaxValue);

    public int Limit => Number("limit", DefaultLimit, 1, HighestLimit);

    /// <summary>Null for a page of the answer; else what the whole list is written as.</summary>
    public ExportFormat? Format => Choice<ExportFormat>("format");

    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="ExplorerApiException">It is missing.</exception>
    public string Required(string name) => Text(name) ?? throw ExplorerApiException.BadRequest($"{name} is missing");

    /// <summary>One of the names of an enum, written with a small letter in front.</summary>
    /// <exception cref="ExplorerApiException">It is none of them.</exception>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // Not Enum.TryParse, which also takes numbers, and several names.
        var names = Enum.GetNames<T>();
        return Array.FindIndex(names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is var found and >= 0
            ? Enum.GetValues<T>()[found]
            : throw ExplorerApiException.BadRequest($"{name} \"{text}\" is not known; it is one of {string.Join(", ", names.Select(Camel))}");
    }

    /// <summary>Puts rows in the order that the query asks for; by default in that in which they come.</summary>
    /// <exception cref="ExplorerApiException">There is no such order.</exception>
    public IEnumerable<T> Sort<T>(IEnumerable<T> rows, IReadOnlyDictionary<string, Comparison<T>> orders)
    {
        if (Text("sort") is not { } sort)
        {
            return rows;
        }

        return orders.TryGetValue(sort[0] == '-' ? sort[1..] : sort, out var order)
            ? SortedCopies<T>.Sort([.. rows], order, descending: sort[0] == '-')
            : throw UnknownSort(orders.Keys);
    }

    public ExplorerApiException UnknownSort(IEnumerable<string> orders)
        => ExplorerApiException.BadRequest($"sort \"{Text("sort")}\" is not known; it is one of {string.Join(", ", orders)}, with - in front for descending");

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private int Number(string name, int otherwise, int least, int most)
        => Text(name) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw ExplorerApiException.BadRequest($"{name} \"{text}\" is not a number from {least} to {most}");
}

internal enum ExportFormat
{
    Csv,
    Xlsx,
    Json,
}
