using Baton.C1z.Sqlite;
using Baton.Protocol.Connector.V2;

namespace Baton.C1z.Writing;

/// <summary>
/// Which grants of a sync under way were listed for another resource than the one that they are on, and for which. A table of ours in the
/// working copy: it is gone when the sync ends, and a sync that has no such grants never makes it.
/// </summary>
internal sealed class ListedElsewhere(SqliteDatabase database, string syncId)
{
    private const string Table = "baton_listed_elsewhere";

    private bool _exists = database.Scalar($"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{Table}'") is not null;

    public void Note(IEnumerable<Grant> grants, ResourceId subject)
    {
        if (!_exists)
        {
            database.Execute(
                $"CREATE TABLE {Table} (sync_id text not null, grant_id text not null, subject_type text not null, subject_id text not null, "
                + "PRIMARY KEY (sync_id, grant_id)) WITHOUT ROWID");
            _exists = true;
        }

        using var insert = database.Prepare($"INSERT OR REPLACE INTO {Table} VALUES (?1, ?2, ?3, ?4)");
        foreach (var grant in grants)
        {
            insert.BindAll([syncId, grant.Id, subject.ResourceType, subject.Resource]);
            insert.Run();
        }
    }

    /// <summary>Deletes the grants that were listed for a resource, or for all of a type: those on it, and those on others.</summary>
    public void DeleteListedFor(string typeId, string? resourceId)
    {
        var on = "DELETE FROM v1_grants WHERE sync_id = ?1 AND resource_type_id = ?2" + (resourceId is null ? "" : " AND resource_id = ?3");
        string[] subject = resourceId is null ? [syncId, typeId] : [syncId, typeId, resourceId];
        if (!_exists)
        {
            database.Execute(on, subject);
            return;
        }

        var noted = $"FROM {Table} WHERE sync_id = ?1 AND subject_type = ?2" + (resourceId is null ? "" : " AND subject_id = ?3");
        database.Execute($"{on} AND external_id NOT IN (SELECT grant_id FROM {Table} WHERE sync_id = ?1)", subject);
        database.Execute($"DELETE FROM v1_grants WHERE sync_id = ?1 AND external_id IN (SELECT grant_id {noted})", subject);
        database.Execute($"DELETE {noted}", subject);
    }

    public void Drop()
    {
        database.Execute($"DROP TABLE IF EXISTS {Table}");
        _exists = false;
    }
}
