namespace Podium.Api;

/// <summary>Pages of a list that was read whole, since there are hundreds of it at most.</summary>
internal static class WholeList
{
    /// <returns>The rows of the page, and the token of the next one; empty at the end.</returns>
    /// <param name="question">List and filter.</param>
    /// <param name="rows">All of them, in their order.</param>
    /// <param name="keyOf">Tells a row from all others.</param>
    /// <param name="page">Which part.</param>
    /// <exception cref="ApiException">The token is of another list.</exception>
    public static (IReadOnlyList<T> Rows, string Next) Page<T>(string question, IReadOnlyList<T> rows, Func<T, string> keyOf, ApiPage page)
    {
        var last = KeysetToken.Read(question, page.Token);
        List<T> rest = last is null ? [.. rows] : [.. rows.SkipWhile(row => keyOf(row) != last).Skip(1)];
        return ([.. rest.Take(page.Size)], rest.Count > page.Size ? KeysetToken.Make(question, keyOf(rest[page.Size - 1])) : "");
    }

    /// <returns>The rows of a page that was asked for with one row more, and the token of the next one.</returns>
    /// <param name="question">List and filter.</param>
    /// <param name="rows">One more than the page takes, where there is more.</param>
    /// <param name="keyOf">By which the next page goes on.</param>
    /// <param name="page">Which part.</param>
    public static (IReadOnlyList<T> Rows, string Next) PageByKey<T>(string question, IReadOnlyList<T> rows, Func<T, long> keyOf, ApiPage page)
        => rows.Count <= page.Size ? (rows, "") : ([.. rows.Take(page.Size)], KeysetToken.Make(question, $"{keyOf(rows[page.Size - 1])}"));

    /// <returns>Null at the beginning.</returns>
    /// <exception cref="ApiException">The token is of another list.</exception>
    public static long? KeyOf(string question, ApiPage page) => KeysetToken.Read(question, page.Token) is { } key && long.TryParse(key, out var number) ? number : null;
}
