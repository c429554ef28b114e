using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.C1z.Pebble;

/// <summary>
/// A store tells grants apart by who has what, and a v1 file by their ids. Where a connector gave several grants one id, all but the first
/// get the id that a grant without one of its own has: none of the access may be lost.
/// </summary>
internal static class TwinGrants
{
    /// <param name="database">Its grants are loaded, and have no index yet.</param>
    public static void Rename(SqliteDatabase database)
    {
        try
        {
            database.Execute($"CREATE UNIQUE INDEX {C1zSchema.Grants.UniqueIndex}");
        }
        catch (SqliteException twins) when (twins.Code == SqliteResult.Constraint)
        {
            RenameAll(database);
        }
    }

    private static void RenameAll(SqliteDatabase database)
    {
        database.Execute("CREATE TEMP TABLE first AS SELECT min(id) AS id, external_id FROM v1_grants GROUP BY external_id HAVING count(*) > 1");
        database.Execute(
            "CREATE TEMP TABLE later AS SELECT id, data FROM v1_grants WHERE external_id IN (SELECT external_id FROM temp.first) "
            + "AND id NOT IN (SELECT id FROM temp.first)");
        using (var rows = database.Prepare("SELECT id, data FROM temp.later"))
        using (var update = database.Prepare("UPDATE v1_grants SET external_id = ?1, data = ?2 WHERE id = ?3"))
        {
            while (rows.Step())
            {
                var grant = Grant.Parser.ParseFrom(rows.Blob(1));
                grant.Id = RecordMessages.StandardId(grant.Entitlement?.Id, grant.Principal?.Id);
                update.Bind(1, grant.Id);
                update.BindBlob(2, grant.ToByteArray());
                update.Bind(3, rows.Int64(0));
                update.Run();
            }
        }

        database.Execute("DROP TABLE temp.first; DROP TABLE temp.later");
    }
}
