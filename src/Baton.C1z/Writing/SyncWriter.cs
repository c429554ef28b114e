using Baton.C1z.Reading;
using Baton.C1z.Rows;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.C1z.Writing;

/// <summary>
/// Writes one sync. Thread-safe: messages are encoded by the caller's thread, and only the insertion is one at a time. Every put is an
/// upsert by id: a page written twice is a page written once.
/// </summary>
public sealed class SyncWriter : IDisposable
{
    // What connectors leave out is stored as empty, as upstream does; whether it may be left out is for the sync to judge.
    private static readonly ResourceId NoId = new();

    private readonly C1zFile _file;
    private readonly SyncInserters _inserters;
    private readonly ListedElsewhere _listedElsewhere;

    internal SyncWriter(C1zFile file, SyncRun run)
    {
        _file = file;
        Run = run;
        Reader = file.Read(run);
        _inserters = file.Access(database => new SyncInserters(database, run.Id));
        _listedElsewhere = file.Access(database => new ListedElsewhere(database, run.Id));
    }

    private delegate void Binder<in T>(SqliteStatement row, T message);

    /// <summary>The sync being written, as it was when this writer was made.</summary>
    public SyncRun Run { get; }

    /// <summary>What this sync holds so far. Lists are complete only of what was settled.</summary>
    public SyncReader Reader { get; }

    public void Put(IReadOnlyCollection<ResourceType> types) => Put(_inserters.ResourceTypes, types, dataParameter: 2, static (row, type) => row.Bind(1, type.Id));

    public void Put(IReadOnlyCollection<Resource> resources) => Put(_inserters.Resources, resources, dataParameter: 5, static (row, resource) =>
    {
        var id = resource.Id ?? NoId;
        row.Bind(1, id.ResourceType);
        BindJoined(row, 2, id);
        if (resource.ParentResourceId is { } parent)
        {
            row.Bind(3, parent.ResourceType);
            row.Bind(4, parent.Resource);
        }
        else
        {
            row.BindNull(3);
            row.BindNull(4);
        }
    });

    public void Put(IReadOnlyCollection<Entitlement> entitlements) => Put(_inserters.Entitlements, entitlements, dataParameter: 4, static (row, entitlement) =>
    {
        BindId(row, 1, entitlement.Resource);
        row.Bind(3, entitlement.Id);
    });

    /// <summary>Writes grants as a connector sends them. A <c>GrantExpandable</c> annotation marks the grant for expansion.</summary>
    public void Put(IReadOnlyCollection<Grant> grants)
    {
        ArgumentNullException.ThrowIfNull(grants);
        var data = new BlobBuffer(grants.Count);
        var expansions = new List<byte[]?>(grants.Count);
        foreach (var grant in grants)
        {
            if (GrantExpansion.IsOn(grant))
            {
                var split = GrantExpansion.Extract(grant);
                data.Add(split.Data);
                expansions.Add(split.Expansion);
            }
            else
            {
                data.Add(grant);
                expansions.Add(null);
            }
        }

        Insert(_inserters.Grants, grants, (row, grant, i) =>
        {
            BindGrantKeys(row, grant);
            row.BindBlob(7, data[i]);
            if (expansions[i] is { } expansion)
            {
                row.BindBlob(8, expansion);
                row.Bind(9, 1);
            }
            else
            {
                row.BindNull(8);
                row.Bind(9, 0);
            }
        });
    }

    /// <summary>Remembers, until the sync ends, for which resource grants were listed that are on another one.</summary>
    public void NoteListedFor(ResourceId subject, IReadOnlyCollection<Grant> grants)
    {
        ArgumentNullException.ThrowIfNull(subject);
        _file.Access(_ => _listedElsewhere.Note(grants, subject));
    }

    /// <summary>
    /// Writes grants that expansion made or changed. Whether a stored grant is itself expandable stays as it is. Settles the grants
    /// first: what is to be kept must be found.
    /// </summary>
    public void PutExpanded(IReadOnlyCollection<Grant> grants)
    {
        ArgumentNullException.ThrowIfNull(grants);
        SettleGrants();
        Put(
            _inserters.ExpandedGrants,
            [.. grants.Select(GrantExpansion.WithoutMarkers)],
            dataParameter: 7,
            static (row, grant) => BindGrantKeys(row, grant));
    }

    public void DeleteGrants(IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _file.Access(database =>
        {
            using var delete = database.Prepare("DELETE FROM v1_grants WHERE external_id = ?1 AND sync_id = ?2");
            foreach (var id in ids)
            {
                delete.BindAll([id, Run.Id]);
                delete.Run();
            }
        });
    }

    /// <summary>Deletes the resources of a type below <paramref name="parent"/>, or those without a parent.</summary>
    public void DeleteResources(string typeId, ResourceId? parent)
    {
        const string delete = "DELETE FROM v1_resources WHERE sync_id = ?1 AND resource_type_id = ?2 AND parent_resource_type_id";
        _file.Access(database => parent is null
            ? database.Execute($"{delete} IS NULL", Run.Id, typeId)
            : database.Execute($"{delete} = ?3 AND parent_resource_id = ?4", Run.Id, typeId, parent.ResourceType, parent.Resource));
    }

    /// <summary>Deletes the entitlements on a resource, or on all resources of a type.</summary>
    public void DeleteEntitlements(string typeId, string? resourceId)
    {
        const string delete = "DELETE FROM v1_entitlements WHERE sync_id = ?1 AND resource_type_id = ?2";
        _file.Access(database => resourceId is null
            ? database.Execute(delete, Run.Id, typeId)
            : database.Execute($"{delete} AND resource_id = ?3", Run.Id, typeId, resourceId));
    }

    /// <summary>
    /// Deletes the grants that were listed for a resource, or for all resources of a type: those on it that were not listed for another,
    /// and those on others that <see cref="NoteListedFor"/> remembers.
    /// </summary>
    public void DeleteGrantsListedFor(string typeId, string? resourceId)
        => _file.Access(_ => _listedElsewhere.DeleteListedFor(typeId, resourceId));

    /// <summary>All resources are written: builds what finding them needs.</summary>
    public void SettleResources() => _file.Access(_ => _inserters.Resources.Settle());

    /// <summary>All entitlements are written.</summary>
    public void SettleEntitlements() => _file.Access(_ => _inserters.Entitlements.Settle());

    /// <summary>All grants of the connector are written.</summary>
    public void SettleGrants() => _file.Access(_ => _inserters.Grants.Settle());

    /// <summary>Stores the engine's checkpoint.</summary>
    public void Checkpoint(string token)
        => _file.Access(database => database.Execute("UPDATE v1_sync_runs SET sync_token = ?1 WHERE sync_id = ?2", token, Run.Id));

    /// <summary>Promises that the expansion columns of this sync are right.</summary>
    public void MarkExpansionReached()
        => _file.Access(database => database.Execute("UPDATE v1_sync_runs SET supports_diff = 1 WHERE sync_id = ?1", Run.Id));

    /// <summary>Ends the sync: everything is settled, counted and stamped.</summary>
    public void End()
    {
        SettleAll();
        _file.Access(_ => _listedElsewhere.Drop());
        var now = Timestamp.Format(_file.Time.GetLocalNow());
        _file.Access(database =>
        {
            database.Execute("UPDATE v1_sync_runs SET ended_at = ?1 WHERE sync_id = ?2 AND ended_at IS NULL", now, Run.Id);
            database.Execute("UPDATE v1_sync_runs SET stats = ?1 WHERE sync_id = ?2", SyncStats.Count(database, Run).ToJson(), Run.Id);
        });
    }

    /// <summary>Records which checks of the stored rows this sync passed, after it ended.</summary>
    /// <param name="checks">By the names that upstream gives them.</param>
    /// <param name="mode">Where the rows come from: a connector, or <c>compaction_merge</c>.</param>
    public void MarkInvariantsHold(IReadOnlyCollection<string> checks, string mode = "connector")
        => _file.Access(database => database.Execute(
            "UPDATE v1_sync_runs SET ingest_invariant_generation = '1', ingest_invariant_coverage = ?1, ingest_invariant_mode = ?3 "
            + "WHERE sync_id = ?2 AND ended_at IS NOT NULL",
            $"[{string.Join(',', checks.Select(check => $"\"{check}\""))}]",
            Run.Id,
            mode));

    public void Dispose() => _inserters.Dispose();

    /// <summary>Everything is written.</summary>
    public void SettleAll() => _file.Access(_ => _inserters.Settle());

    /// <summary>A sync that begins is written fastest into tables without indexes; one that goes on has rows to find.</summary>
    internal void BeginLoad()
    {
        if (Run.Type is SyncType.Full or SyncType.ResourcesOnly)
        {
            _file.Access(_ => _inserters.BeginLoad());
        }
    }

    private static void BindGrantKeys(SqliteStatement row, Grant grant)
    {
        BindId(row, 1, grant.Entitlement?.Resource);
        row.Bind(3, grant.Entitlement?.Id ?? "");
        BindId(row, 4, grant.Principal);
        row.Bind(6, grant.Id);
    }

    private static void BindId(SqliteStatement row, int parameter, Resource? resource)
    {
        var id = resource?.Id ?? NoId;
        row.Bind(parameter, id.ResourceType);
        row.Bind(parameter + 1, id.Resource);
    }

    private static void BindJoined(SqliteStatement row, int parameter, ResourceId id)
    {
        var length = id.ResourceType.Length + 1 + id.Resource.Length;
        Span<char> joined = length <= 256 ? stackalloc char[length] : new char[length];
        id.ResourceType.CopyTo(joined);
        joined[id.ResourceType.Length] = ':';
        id.Resource.CopyTo(joined[(id.ResourceType.Length + 1)..]);
        row.Bind(parameter, joined);
    }

    private void Put<T>(RowInserter table, IReadOnlyCollection<T> messages, int dataParameter, Binder<T> bind)
        where T : IMessage
    {
        var data = new BlobBuffer(messages.Count);
        foreach (var message in messages)
        {
            data.Add(message);
        }

        Insert(table, messages, (row, message, i) =>
        {
            bind(row, message);
            row.BindBlob(dataParameter, data[i]);
        });
    }

    private void Insert<T>(RowInserter table, IReadOnlyCollection<T> messages, Action<SqliteStatement, T, int> bind)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var now = Timestamp.Format(_file.Time.GetLocalNow());
        _file.Access(_ =>
        {
            var i = 0;
            foreach (var message in messages)
            {
                var row = table.Row(now);
                bind(row, message, i++);
                row.Run();
            }
        });
    }
}
