using System.Globalization;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Merging;

/// <summary>A table in ranges of its row numbers: what takes minutes is done in steps, between which it can be stopped.</summary>
internal static class RowChunks
{
    private const int Rows = 50_000;

    /// <summary>The ranges that hold a row now, in order. Gaps are skipped, however wide a stranger's file makes them.</summary>
    /// <param name="access">Runs something on the database.</param>
    /// <param name="table">With its database, as <c>main.v1_grants</c>.</param>
    public static IEnumerable<(long First, long Last)> Of(Func<Func<SqliteDatabase, long?>, long?> access, string table)
    {
        var end = access(database => Number(database.Scalar($"SELECT max(id) FROM {table}")));
        var next = access(database => Number(database.Scalar($"SELECT min(id) FROM {table}")));
        while (next is { } first && first <= end)
        {
            var last = first > end - Rows ? end.Value : first + Rows - 1;
            yield return (first, last);
            next = last == end ? null : access(database => After(database, table, last));
        }
    }

    private static long? After(SqliteDatabase database, string table, long last)
    {
        using var statement = database.Prepare($"SELECT min(id) FROM {table} WHERE id > ?1");
        statement.Bind(1, last);
        return statement.Step() && !statement.IsNull(0) ? statement.Int64(0) : null;
    }

    private static long? Number(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
