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
        do
        {
            page.Clear();
            _file.Access(_ =>
            {
                while (page.Count < PageRows && statement.Step())
                {
                    page.Add((statement.Text(0), statement.Text(1)));
                }
            });
            foreach (var item in page)
            {
                yield return item;
            }
        }
        while (page.Count == PageRows);
    }

    // An index on (type, id) is good for both, but not for the type alone: the rows of a type would be sorted anew for every page, while
    // all pages together are one pass over the table. The plus sign keeps SQLite from using the index.
    private static string Indexed(string table, string column, (string Column, string? Value)[] conditions)
    {
        var isAlone = column.EndsWith("_type_id", StringComparison.Ordinal)
            && !Array.Exists(conditions, other => other.Column == column.Replace("_type_id", "_id", StringComparison.Ordinal));
        return isAlone && (table, column) is not ("v1_resources", "resource_type_id") ? $"+{column}" : column;
    }

    private SqliteStatement PreparePrincipals(SqliteDatabase database, ListFilter filter)
    {
        (string Column, string? Value)[] conditions =
        [
            ("sync_id", Run.Id),
            ("resource_type_id", filter.ResourceTypeId),
            ("resource_id", filter.ResourceId),
            ("entitlement_id", filter.EntitlementId),
            ("principal_resource_type_id", filter.PrincipalTypeId),
            ("principal_resource_id", filter.PrincipalId),
        ];
        var active = Array.FindAll(conditions, condition => condition.Value is not null);
        var where = string.Join(" AND ", active.Select((condition, i) => $"{condition.Column} = ?{i + 1}"));
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
