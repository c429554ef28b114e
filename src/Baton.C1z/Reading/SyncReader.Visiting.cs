using Baton.C1z.Sqlite;

namespace Baton.C1z.Reading;

/// <summary>Rows shown one by one without being copied or decoded: what is needed to find out which of a hundred thousand rows changed.</summary>
public sealed partial class SyncReader
{
    // Nothing of a page outlives it, so it may be longer than those of messages. Between two, others may use the file.
    private const int VisitedPageRows = 4096;

    private delegate VisitedRow VisitedReader(SqliteStatement row);

    /// <summary>Shows every row of a table, in the order of writing. The visitor must not use the file.</summary>
    public void Visit(StoredTable table, RowVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var sql = $"SELECT {VisitedColumns(table)} FROM {NameOf(table)} WHERE sync_id = ?1 AND id > ?2 ORDER BY id LIMIT {VisitedPageRows}";
        for (var (last, isFull) = (0L, true); isFull;)
        {
            (last, isFull) = _file.Access(database => VisitPage(database, sql, last, Reader(table), visit));
        }
    }

    /// <summary>Shows the rows of these numbers, in the order of the list. One that the sync does not have is left out.</summary>
    public void Visit(StoredTable table, IReadOnlyList<long> rows, RowVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(visit);
        var sql = $"SELECT {VisitedColumns(table)} FROM {NameOf(table)} WHERE id = ?2 AND sync_id = ?1";
        for (var first = 0; first < rows.Count; first += VisitedPageRows)
        {
            var end = Math.Min(rows.Count, first + VisitedPageRows);
            _file.Access(database =>
            {
                using var statement = database.Prepare(sql);
                statement.Bind(1, Run.Id);
                for (var i = first; i < end; i++)
                {
                    statement.Bind(2, rows[i]);
                    if (statement.Step())
                    {
                        visit(Reader(table)(statement));
                    }

                    statement.Reset();
                }
            });
        }
    }

    private static string VisitedColumns(StoredTable table) => table switch
    {
        StoredTable.Resources => "id, data, external_id, resource_type_id, parent_resource_type_id, parent_resource_id",
        StoredTable.Entitlements => "id, data, external_id, resource_type_id, resource_id",
        _ => "id, data, external_id, resource_type_id, resource_id, entitlement_id, principal_resource_type_id, principal_resource_id",
    };

    private static VisitedReader Reader(StoredTable table) => table switch
    {
        StoredTable.Resources => ResourceOf,
        StoredTable.Entitlements => EntitlementOf,
        _ => GrantOf,
    };

    private static VisitedRow ResourceOf(SqliteStatement row)
    {
        var joined = row.Utf8(2);
        var type = row.Utf8(3);
        return new()
        {
            Row = row.Int64(0),
            Data = row.Blob(1),
            ExternalId = joined,
            TypeId = type,
            Id = joined.Length > type.Length ? joined[(type.Length + 1)..] : [],
            ParentTypeId = row.Utf8(4),
            ParentId = row.Utf8(5),
        };
    }

    private static VisitedRow EntitlementOf(SqliteStatement row)
        => new() { Row = row.Int64(0), Data = row.Blob(1), ExternalId = row.Utf8(2), TypeId = row.Utf8(3), Id = row.Utf8(4) };

    private static VisitedRow GrantOf(SqliteStatement row) => new()
    {
        Row = row.Int64(0),
        Data = row.Blob(1),
        ExternalId = row.Utf8(2),
        TypeId = row.Utf8(3),
        Id = row.Utf8(4),
        EntitlementId = row.Utf8(5),
        PrincipalTypeId = row.Utf8(6),
        PrincipalId = row.Utf8(7),
    };

    private (long Last, bool IsFull) VisitPage(SqliteDatabase database, string sql, long after, VisitedReader read, RowVisitor visit)
    {
        using var statement = database.Prepare(sql);
        statement.Bind(1, Run.Id);
        statement.Bind(2, after);
        var rows = 0;
        for (; statement.Step(); rows++)
        {
            var row = read(statement);
            visit(row);
            after = row.Row;
        }

        return (after, rows == VisitedPageRows);
    }
}
