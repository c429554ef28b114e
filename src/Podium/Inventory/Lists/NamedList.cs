using System.Data.Common;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>
/// A list that is sorted by a name and paged by it. Each arm of the query yields the rows of one table in that order, so that a page costs a page,
/// however long the list is.
/// </summary>
internal sealed class NamedList<T>
{
    public required PodiumContext Context { get; init; }

    public required ListSql Sql { get; init; }

    public required object Filter { get; init; }

    public required bool IsDescending { get; init; }

    /// <summary>SELECTs of the same columns, among them <c>sort_name</c> and <c>id</c>; without ORDER BY. <c>{beyond}</c> stands where the key comes in.</summary>
    public required IReadOnlyList<Arm> Arms { get; init; }

    /// <summary>More columns for the rows of the page, from tables joined to <c>page</c>.</summary>
    public required Func<string, string> Around { get; init; }

    public required Func<DbDataReader, T> Read { get; init; }

    public required Func<T, (string Name, long Id)> KeyOf { get; init; }

    /// <summary>The count where it is known without counting.</summary>
    public Func<Task<CappedCount?>>? KnownCount { get; init; }

    public async Task<ListPage<T>> PageAsync(ListRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Size, nameof(request));
        var size = Math.Min(request.Size, ListRequest.Largest);
        var filter = PageToken.FilterOf(Filter);
        var token = PageToken.Parse(request.Token, filter, keys: 2);
        var isBackward = token is { IsBackward: true };
        var rows = new List<T>();
        await foreach (var row in Context.RowsAsync(PageSql(token, size), Sql.Parameters, cancellationToken))
        {
            rows.Add(Read(row));
        }

        var isMore = rows.Count > size;
        if (isMore)
        {
            rows.RemoveAt(size);
        }

        if (isBackward)
        {
            rows.Reverse();
        }

        var hasNext = rows.Count > 0 && (isBackward || isMore);
        var hasPrevious = rows.Count > 0 && (isBackward ? isMore : token is not null);
        return new(
            rows,
            hasNext ? TokenOf(filter, rows[^1], isBackward: false) : null,
            hasPrevious ? TokenOf(filter, rows[0], isBackward: true) : null,
            KnownCount is not null && await KnownCount() is { } known ? known : await CountAsync(cancellationToken));
    }

    private string TokenOf(string filter, T row, bool isBackward)
    {
        var (name, id) = KeyOf(row);
        return new PageToken(filter, isBackward, [name, $"{id}"]).ToString();
    }

    private string PageSql(PageToken? token, int size)
    {
        var order = IsDescending != (token is { IsBackward: true }) ? "DESC" : "ASC";
        var arms = Arms.Select(arm => arm.Sql.Replace(
            "{beyond}", token is null ? "" : $"AND {Sql.Beyond(arm.Sort, arm.Id, token, IsDescending)}", StringComparison.Ordinal));
        var page = $"SELECT * FROM ({string.Join(" UNION ALL ", arms)}) AS rows ORDER BY sort_name {order}, id {order} LIMIT {size + 1}";
        return $"{Around(page)} ORDER BY page.sort_name {order}, page.id {order}";
    }

    private async Task<CappedCount> CountAsync(CancellationToken cancellationToken)
    {
        var arms = string.Join(" UNION ALL ", Arms.Select(arm => arm.Sql.Replace("{beyond}", "", StringComparison.Ordinal)));
        var sql = $"SELECT count(*) FROM (SELECT 1 FROM ({arms}) AS rows LIMIT {CappedCount.Most + 1}) AS counted";
        await foreach (var row in Context.RowsAsync(sql, Sql.Parameters, cancellationToken))
        {
            var number = row.GetInt64(0);
            return new(Math.Min(number, CappedCount.Most), number > CappedCount.Most);
        }

        return default;
    }

    /// <param name="Sort">The column that <c>sort_name</c> is, for the key.</param>
    /// <param name="Id">The column that <c>id</c> is.</param>
    internal sealed record Arm(string Sql, string Sort, string Id);
}
