using System.Buffers;
using System.Buffers.Binary;
using Baton.C1z.Container;
using Baton.C1z.Pebble.Store;
using Baton.C1z.Rows;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Protocol.Storage.V3;
using Google.Protobuf;
using SyncType = Baton.Protocol.Storage.V3.SyncType;

namespace Baton.C1z.Pebble;

/// <summary>Puts the records of a store into the tables of a working copy, in the order of their keys. A store holds one sync.</summary>
internal sealed class RecordLoader(string path, IOrderedRecords records, SqliteDatabase database, DecodeLimits limits)
{
    private const uint OneSyncKeys = 2;
    private const uint StructuredIds = 2;

    private readonly ArrayBufferWriter<byte> _message = new();
    private long _room = limits.MaxDecodedBytes;

    /// <exception cref="C1zException">The records are of a layout that is not known, damaged, or larger than the limits allow.</exception>
    public void Load()
    {
        RequireLayout();
        if (Records(RecordKeys.SyncRun, SyncRunRecord.Parser).FirstOrDefault() is not { SyncId.Length: > 0 } run)
        {
            return;
        }

        InsertRun(run);
        using (var tables = new SyncInserters(database, run.SyncId))
        {
            tables.BeginLoad();
            LoadResourceTypes(tables.ResourceTypes);
            LoadResources(tables.Resources);
            LoadEntitlements(tables.Entitlements);
            LoadGrants(tables.Grants);
            LoadAssets(run.SyncId);
            LoadSessions(run.SyncId);
            TwinGrants.Rename(database);
            tables.Settle();
        }

        if (run.EndedAt is not null)
        {
            database.Execute("UPDATE v1_sync_runs SET stats = ?1 WHERE sync_id = ?2", Stats(run).ToJson(), run.SyncId);
        }
    }

    // Keys of another layout would be read as if nothing were there.
    private void RequireLayout()
    {
        var keys = Number(RecordKeys.KeyspaceVersion);
        var ids = Number(RecordKeys.IdFormat);
        if (keys is null && !records.Read(RecordKeys.All.From, RecordKeys.All.Before).Any())
        {
            return;
        }

        if (keys != OneSyncKeys || ids is not (null or 0 or StructuredIds))
        {
            throw new C1zException(
                C1zError.UnsupportedVersion,
                $"{path} is a v3 .c1z file whose records are laid out in way {keys ?? 1}.{ids ?? 0}, which is not known here; sync again with a current connector");
        }
    }

    private uint? Number(KeyRange key)
    {
        foreach (var (_, value) in records.Read(key.From, key.Before))
        {
            return value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value.Span) : throw Damage("what says how it is laid out is not a number");
        }

        return null;
    }

    private IEnumerable<T> Records<T>(KeyRange range, MessageParser<T> parser)
        where T : IMessage<T>
    {
        foreach (var (key, value) in records.Read(range.From, range.Before))
        {
            _room -= key.Length + value.Length;
            if (_room < 0)
            {
                throw new C1zException(
                    C1zError.TooLarge,
                    $"{path} decodes to more than {limits.MaxDecodedBytes >> 20} MiB; raise BATON_DECODER_MAX_DECODED_SIZE_MB if you trust it");
            }

            // Decoded, a message may take thirty times its size.
            if (value.Length > limits.MaxValueBytes)
            {
                throw new C1zException(
                    C1zError.TooLarge,
                    $"{path} holds a value that is too large to be read; raise BATON_DECODER_MAX_MEMORY_MB if you trust it");
            }

            yield return Parse(parser, value.Span);
        }
    }

    private T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> value)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(value);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw PebbleContainer.Damage(path, $"a value in its store is not a {typeof(T).Name}", damage);
        }
    }

    private void InsertRun(SyncRunRecord run)
    {
        var coverage = run.IngestInvariantCoverage.Count == 0 ? "" : $"[{string.Join(',', run.IngestInvariantCoverage.Select(check => $"\"{check}\""))}]";
        using var row = database.Prepare(
            "INSERT INTO v1_sync_runs (sync_id, sync_type, started_at, ended_at, sync_token, parent_sync_id, linked_sync_id, "
            + "ingest_invariant_generation, ingest_invariant_coverage, ingest_invariant_mode, supports_diff, grants_backfilled) "
            + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)");
        row.BindAll(
        [
            run.SyncId, TypeName(run.Type), Text(run.StartedAt), run.EndedAt is null ? "" : Text(run.EndedAt), run.SyncToken, run.ParentSyncId,
            run.LinkedSyncId, run.IngestInvariantGeneration, coverage, run.IngestInvariantMode,
        ]);
        if (run.EndedAt is null)
        {
            row.BindNull(4);
        }

        row.Bind(11, run.SupportsDiff ? 1 : 0);
        row.Run();
    }

    private void LoadResourceTypes(RowInserter table)
    {
        foreach (var record in Records(RecordKeys.ResourceTypes, ResourceTypeRecord.Parser))
        {
            var row = table.Row(Text(record.DiscoveredAt));
            row.Bind(1, record.ExternalId);
            row.BindBlob(2, Encoded(record.ToMessage()));
            row.Run();
        }
    }

    private void LoadResources(RowInserter table)
    {
        foreach (var record in Records(RecordKeys.Resources, ResourceRecord.Parser))
        {
            var resource = record.ToMessage();
            var row = table.Row(Text(record.DiscoveredAt));
            row.Bind(1, record.ResourceTypeId);
            row.Bind(2, $"{record.ResourceTypeId}:{record.ResourceId}");
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

            row.BindBlob(5, Encoded(resource));
            row.Run();
        }
    }

    private void LoadEntitlements(RowInserter table)
    {
        foreach (var record in Records(RecordKeys.Entitlements, EntitlementRecord.Parser))
        {
            var row = table.Row(Text(record.DiscoveredAt));
            row.Bind(1, record.Resource?.ResourceTypeId);
            row.Bind(2, record.Resource?.ResourceId);
            row.Bind(3, record.ExternalId);
            row.BindBlob(4, Encoded(record.ToMessage()));
            row.Run();
        }
    }

    private void LoadGrants(RowInserter table)
    {
        foreach (var record in Records(RecordKeys.Grants, GrantRecord.Parser))
        {
            var grant = record.ToMessage();
            var row = table.Row(Text(record.DiscoveredAt));
            row.Bind(1, record.Entitlement?.ResourceTypeId);
            row.Bind(2, record.Entitlement?.ResourceId);
            row.Bind(3, record.Entitlement?.EntitlementId);
            row.Bind(4, record.Principal?.ResourceTypeId);
            row.Bind(5, record.Principal?.ResourceId);
            row.Bind(6, grant.Id);
            row.BindBlob(7, Encoded(grant));
            if (record.Expansion is { } expansion)
            {
                row.BindBlob(8, Encoded(expansion.ToMessage()));
            }
            else
            {
                row.BindNull(8);
            }

            row.Bind(9, record.NeedsExpansion ? 1 : 0);
            row.Run();
        }
    }

    private void LoadAssets(string syncId)
    {
        using var row = database.Prepare("INSERT INTO v1_assets (external_id, content_type, sync_id, discovered_at, data) VALUES (?1, ?2, ?3, ?4, ?5)");
        foreach (var record in Records(RecordKeys.Assets, AssetRecord.Parser))
        {
            row.BindAll([record.ExternalId, record.ContentType, syncId, Text(record.DiscoveredAt)]);
            row.BindBlob(5, record.Data.Span);
            row.Run();
        }
    }

    private void LoadSessions(string syncId)
    {
        using var row = database.Prepare("INSERT INTO v1_connector_sessions (sync_id, key, value) VALUES (?1, ?2, ?3)");
        foreach (var record in Records(RecordKeys.Sessions, SessionRecord.Parser))
        {
            if (record.SyncId == syncId)
            {
                row.BindAll([syncId, record.Key]);
                row.BindBlob(3, record.Value.Span);
                row.Run();
            }
        }
    }

    /// <summary>Valid until the next message is encoded.</summary>
    private ReadOnlySpan<byte> Encoded(IMessage message)
    {
        _message.ResetWrittenCount();
        message.WriteTo(_message);
        return _message.WrittenSpan;
    }

    private SyncStats Stats(SyncRunRecord run) => SyncStats.Count(database, new()
    {
        Id = run.SyncId,
        Type = SyncTypes.Parse(TypeName(run.Type)),
        TypeName = TypeName(run.Type),
        StartedAt = default,
        Token = "",
        ParentId = "",
    });

    // Its writer's clock does not matter: a store has the time itself.
    private string Text(Google.Protobuf.WellKnownTypes.Timestamp? time)
    {
        try
        {
            return time is null ? Timestamp.Format(DateTimeOffset.UnixEpoch) : Timestamp.Format(DateTimeOffset.FromUnixTimeSeconds(time.Seconds), time.Nanos);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Damage($"a time in its store is none: {time}");
        }
    }

    private static string TypeName(SyncType type) => type switch
    {
        SyncType.Full => "full",
        SyncType.Partial => "partial",
        SyncType.ResourcesOnly => "resources_only",
        SyncType.PartialUpserts => "partial_upserts",
        SyncType.PartialDeletions => "partial_deletions",
        _ => "",
    };

    private C1zException Damage(string what) => PebbleContainer.Damage(path, what);
}
