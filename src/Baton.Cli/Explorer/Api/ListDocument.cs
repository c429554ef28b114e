namespace Baton.Cli.Explorer.Api;

/// <summary>A page of a list, or all of it in an export. As in all documents here, names become camelCase, and what is null is left out.</summary>
/// <param name="Total">Of the whole list.</param>
/// <param name="Next">The offset of the next page; null on the last.</param>
internal sealed record ListDocument<T>(IEnumerable<T> Items, int Total, int Offset, int Limit, int? Next, IReadOnlyList<CountedValue>? Summary = null);

internal sealed record CountedValue(string Id, string Label, int Count);
