using Baton.C1z.Sqlite;
using Baton.Protocol.Connector.V2;

namespace Baton.C1z.Reading;

/// <summary>Rows as they are stored and sorted by their ids: what is needed to hold two syncs against each other without decoding either.</summary>
public sealed partial class SyncReader
{
    /// <summary>The rows of a table in the order of their ids' UTF-8 bytes. Streams.</summary>
    public IEnumerable<StoredRow> Stored(StoredTable table)
    {
        // What a writer may leave out of the message.
        var keys = table == StoredTable.Grants ? "entitlement_id || char(10) || principal_resource_type_id || ':' || principal_resource_id" : "''";
        var sql = $"SELECT external_id, data, {keys} FROM {NameOf(table)} WHERE sync_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT {PageRows}";
        var page = new List<StoredRow>(PageRows);
        byte[] last = [];
        bool isFull;
        do
        {
            page.Clear();
            isFull = _file.Access(database => ReadStored(database, sql, last, page));
            foreach (var row in page)
            {
                yield return row;
            }

            last = page.Count > 0 ? page[^1].Id : last;
        }
        while (isFull);
    }

    /// <summary>How many rows of a table the sync has.</summary>
    public long Count(StoredTable table) => _file.Access(database => long.Parse(
        database.Scalar($"SELECT count(*) FROM {NameOf(table)} WHERE sync_id = ?1", Run.Id)!));

    /// <summary>The resource of a stored row's id; null when there is none.</summary>
    public Resource? FindResource(string joinedId) => Find("v1_resources", "data", joinedId, row => Decode(row, 1, Resource.Parser));

    /// <summary>How many grants somebody holds.</summary>
    public long CountGrants(string principalTypeId, string principalId) => _file.Access(database => long.Parse(database.Scalar(
        "SELECT count(*) FROM v1_grants WHERE principal_resource_type_id = ?1 AND principal_resource_id = ?2 AND sync_id = ?3",
        principalTypeId,
        principalId,
        Run.Id)!));

    private static string NameOf(StoredTable table) => table switch
    {
        StoredTable.Resources => "v1_resources",
        StoredTable.Entitlements => "v1_entitlements",
        _ => "v1_grants",
    };

    private bool ReadStored(SqliteDatabase database, string sql, byte[] after, List<StoredRow> page)
    {
        using var statement = database.Prepare(sql);
        statement.Bind(1, Run.Id);
        statement.BindUtf8(2, after);
        var bytes = 0;
        while (bytes < PageBytes && statement.Step())
        {
            page.Add(new(statement.Utf8(0).ToArray(), statement.Blob(1).ToArray(), statement.Utf8(2).ToArray()));
            bytes += statement.Bytes(0) + statement.Bytes(1);
        }

        return bytes >= PageBytes || page.Count == PageRows;
    }
}

/// <summary>The tables whose rows have ids and messages.</summary>
public enum StoredTable
{
    Resources,
    Entitlements,
    Grants,
}

/// <summary>One row.</summary>
/// <param name="Id">The external id, in UTF-8; for a resource <c>type:id</c>.</param>
/// <param name="Data">The message, encoded.</param>
/// <param name="Keys">What else tells two rows of one id apart; nothing for most tables.</param>
public readonly record struct StoredRow(byte[] Id, byte[] Data, byte[] Keys)
{
    /// <summary>Whether the other row has the same bytes. Messages may be equal without having them.</summary>
    public bool HasSameBytes(StoredRow other) => Data.AsSpan().SequenceEqual(other.Data) && Keys.AsSpan().SequenceEqual(other.Keys);
}
