namespace Baton.C1z.Reading;

/// <summary>References that lead nowhere. Upstream's writers do not check them, and neither does the file.</summary>
public sealed partial class SyncReader
{
    /// <summary>The grants that name what the sync does not hold. Streams.</summary>
    public IEnumerable<DanglingGrant> DanglingGrants()
    {
        const string entitlement = "EXISTS (SELECT 1 FROM v1_entitlements AS e WHERE e.external_id = g.entitlement_id AND e.sync_id = g.sync_id)";
        var sql = $"SELECT * FROM (SELECT external_id, resource_type_id, {entitlement} AS e, {Resource("resource")} AS r, {Resource("principal_resource")} AS p "
            + "FROM v1_grants AS g WHERE sync_id = ?1) WHERE NOT (e AND r AND p)";
        using var statement = _file.Access(database =>
        {
            var prepared = database.Prepare(sql);
            prepared.Bind(1, Run.Id);
            return prepared;
        });
        var page = new List<DanglingGrant>(PageRows);
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

                    page.Add(new(statement.Text(0), statement.Text(1), statement.Int64(2) == 0, statement.Int64(3) == 0, statement.Int64(4) == 0));
                }

                return true;
            });
            foreach (var grant in page)
            {
                yield return grant;
            }
        }
        while (isFull);

        static string Resource(string column)
            => $"EXISTS (SELECT 1 FROM v1_resources AS o WHERE o.external_id = g.{column}_type_id || ':' || g.{column}_id AND o.sync_id = g.sync_id)";
    }
}

/// <param name="Id">Of the grant.</param>
/// <param name="ResourceTypeId">Of the resource that the grant is on.</param>
/// <param name="LacksEntitlement">Whether the sync has no such entitlement.</param>
/// <param name="LacksResource">Whether the sync has no such resource.</param>
/// <param name="LacksPrincipal">Whether the sync has nobody of that id.</param>
public readonly record struct DanglingGrant(string Id, string ResourceTypeId, bool LacksEntitlement, bool LacksResource, bool LacksPrincipal);
