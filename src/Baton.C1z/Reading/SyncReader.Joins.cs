using Baton.C1z.Sqlite;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.C1z.Reading;

/// <summary>What listings that join rows need: many objects at one go, and who holds grants.</summary>
public sealed partial class SyncReader
{
    /// <summary>Several resources at once, cheaper than one by one. What the sync does not hold is not in the result.</summary>
    public IReadOnlyDictionary<(string TypeId, string Id), Resource> FindResources(IEnumerable<(string TypeId, string Id)> ids)
        => FindAll("v1_resources", ids, id => $"{id.TypeId}:{id.Id}", Resource.Parser);

    /// <summary>Several entitlements at once, cheaper than one by one. What the sync does not hold is not in the result.</summary>
    public IReadOnlyDictionary<string, Entitlement> FindEntitlements(IEnumerable<string> ids)
        => FindAll("v1_entitlements", ids, id => id, Entitlement.Parser);

    /// <summary>Who holds the grants of the filter: each principal once, in the order of its first grant.</summary>
    public IEnumerable<(string TypeId, string Id)> Principals(ListFilter? filter = null)
    {
        // The order is known only at the end, so this one statement lives through all pages. SQLite sorts on disk what is large.
        using var statement = _file.Access(database => PreparePrincipals(database, filter ?? ListFilter.None));
        var page = new List<(string, string)>(PageRows);
        bool isFull;
        do
        {
            page.Clear();
            isFull = _file.Access(_ =>
            {
                for (var bytes = 0; page.Count < PageRows && bytes < PageBytes; bytes += statement.Bytes(0) + statement.Bytes(1))
                {
                    if (!statement.Step())
                    {
                        return false;
                    }

                    page.Add((statement.Text(0), statement.Text(1)));
                }

                return true;
            });
            foreach (var item in page)
            {
                yield return item;
            }
        }
        while (isFull);
    }

    private SqliteStatement PreparePrincipals(SqliteDatabase database, ListFilter filter)
    {
        RowCondition[] conditions = [new("sync_id", Run.Id), .. OfGrant(filter)];
        var active = Array.FindAll(conditions, condition => condition.Value is not null);
        var where = string.Join(" AND ", active.Select((condition, i) => condition.Sql("v1_grants", $"?{i + 1}", active: null)));
        const string principal = "principal_resource_type_id, principal_resource_id";
        var statement = database.Prepare($"SELECT {principal} FROM v1_grants WHERE {where} GROUP BY {principal} ORDER BY min(id)");
        statement.BindAll([.. active.Select(condition => condition.Value!)]);
        return statement;
    }

    private Dictionary<TId, T> FindAll<TId, T>(string table, IEnumerable<TId> ids, Func<TId, string> externalId, MessageParser<T> parser)
        where TId : notnull
        where T : class, IMessage<T>
        => _file.Access(database =>
        {
            var found = new Dictionary<TId, T>();
            using var statement = database.Prepare($"SELECT id, data FROM {table} WHERE external_id = ?1 AND sync_id = ?2");
            statement.Bind(2, Run.Id);
            foreach (var id in ids)
            {
                statement.Bind(1, externalId(id));
                if (statement.Step())
                {
                    found[id] = Decode(statement, 1, parser);
                }

                statement.Reset();
            }

            return found;
        });
}
