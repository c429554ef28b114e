using Baton.C1z.Rows;
using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.C1z.Reading;

/// <summary>
/// Reads one sync. Lists stream: they hold one page in memory, of few rows and few bytes, in the order in which the rows were first written, and rows may be
/// written meanwhile. Thread-safe.
/// </summary>
public sealed partial class SyncReader
{
    // What is decoded for a page outlives the collections that happen meanwhile, and is then in memory until a rare one: few are better.
    private const int PageRows = 64;

    // Files come from strangers: what is decoded takes up to some thirty times this. Usual pages have a few kilobytes.
    private const int PageBytes = 1 << 20;

    private const string GrantColumns =
        "data, entitlement_id, resource_type_id, resource_id, principal_resource_type_id, principal_resource_id";

    private readonly C1zFile _file;
    private readonly GrantForm _grants;
    private readonly RepeatedText _names = new();

    internal SyncReader(C1zFile file, SyncRun run, GrantForm grants)
    {
        _file = file;
        _grants = grants;
        Run = run;
    }

    private delegate T RowReader<out T>(SqliteStatement row);

    public SyncRun Run { get; }

    public IEnumerable<ResourceType> ResourceTypes() => List("v1_resource_types", "data", [], row => Decode(row, 1, ResourceType.Parser));

    public IEnumerable<Resource> Resources(ListFilter? filter = null) => ResourcePages(filter).SelectMany(page => page);

    /// <summary>The same as it is read, for whoever looks up what the rows of a page refer to.</summary>
    public IEnumerable<IReadOnlyList<Resource>> ResourcePages(ListFilter? filter = null)
    {
        filter ??= ListFilter.None;
        RowCondition[] conditions =
        [
            new("resource_type_id", filter.ResourceTypeId),
            new("external_id", filter.ResourceId is { } id ? $"{filter.ResourceTypeId}:{id}" : null),
            new("parent_resource_type_id", filter.ParentTypeId),
            new("parent_resource_id", filter.ParentId),
            RowCondition.AbsentFrom(filter.AbsentFromSyncId),
        ];
        return Pages("v1_resources", "data", conditions, row => Decode(row, 1, Resource.Parser));
    }

    public IEnumerable<Entitlement> Entitlements(ListFilter? filter = null) => EntitlementPages(filter).SelectMany(page => page);

    public IEnumerable<IReadOnlyList<Entitlement>> EntitlementPages(ListFilter? filter = null)
        => Pages("v1_entitlements", "data", OfEntitlement(filter ?? ListFilter.None), row => Decode(row, 1, Entitlement.Parser));

    public IEnumerable<Grant> Grants(ListFilter? filter = null) => GrantPages(filter).SelectMany(page => page);

    public IEnumerable<IReadOnlyList<Grant>> GrantPages(ListFilter? filter = null)
        => Pages("v1_grants", GrantColumns, OfGrant(filter ?? ListFilter.None), DecodeGrant);

    /// <summary>The grants without their messages: who has what, and nothing of how. Several times as fast.</summary>
    public IEnumerable<GrantKeys> GrantKeys(ListFilter? filter = null)
        => List(
            "v1_grants",
            "entitlement_id, resource_type_id, resource_id, principal_resource_type_id, principal_resource_id",
            OfGrant(filter ?? ListFilter.None),
            row => new GrantKeys(_names.Of(row.Utf8(1)), (_names.Of(row.Utf8(2)), _names.Of(row.Utf8(3))), (_names.Of(row.Utf8(4)), row.Text(5))));

    /// <summary>Grants marked for expansion, with what expands them.</summary>
    public IEnumerable<(Grant Grant, GrantExpandable Expansion)> ExpandableGrants()
        => List(
            "v1_grants",
            GrantColumns + ", expansion",
            [new("needs_expansion", "1")],
            row => (DecodeGrant(row), Decode(row, 7, GrantExpandable.Parser)));

    /// <summary>Every grant, with what expands it, null for most.</summary>
    public IEnumerable<(Grant Grant, GrantExpandable? Expansion)> GrantsWithExpansion()
        => List(
            "v1_grants",
            GrantColumns + ", expansion",
            [],
            row => (DecodeGrant(row), row.IsNull(7) ? null : Decode(row, 7, GrantExpandable.Parser)));

    /// <summary>The resources of a type from a row on, for a walk that is interrupted and goes on later.</summary>
    /// <param name="afterRow">0 to begin; then <paramref name="lastRow"/> of the page before.</param>
    public IReadOnlyList<Resource> ResourcePage(string resourceTypeId, long afterRow, int rows, out long lastRow)
    {
        var page = new List<Resource>();
        lastRow = _file.Access(database => ReadPage(
            database,
            $"SELECT id, data FROM v1_resources WHERE sync_id = ?1 AND id > ?2 AND resource_type_id = ?3 ORDER BY id LIMIT {rows}",
            afterRow,
            [new("resource_type_id", resourceTypeId)],
            row => Decode(row, 1, Resource.Parser),
            page,
            mostBytes: int.MaxValue)).Last;
        return page;
    }

    public ResourceType? FindResourceType(string id) => Find("v1_resource_types", "data", id, row => Decode(row, 1, ResourceType.Parser));

    public Resource? FindResource(string typeId, string id)
        => Find("v1_resources", "data", $"{typeId}:{id}", row => Decode(row, 1, Resource.Parser));

    public Entitlement? FindEntitlement(string id) => Find("v1_entitlements", "data", id, row => Decode(row, 1, Entitlement.Parser));

    public Grant? FindGrant(string id) => Find("v1_grants", GrantColumns, id, DecodeGrant);

    /// <summary>How many resources of a type there are.</summary>
    public long CountResources(string resourceTypeId) => _file.Access(database => long.Parse(
        database.Scalar("SELECT count(*) FROM v1_resources WHERE resource_type_id = ?1 AND sync_id = ?2", resourceTypeId, Run.Id)!));

    /// <summary>What the sync holds, counted now: also of a sync that has not ended, or whose stored counts are of an older writer.</summary>
    public SyncStats Stats() => _file.Access(database => SyncStats.Count(database, Run));

    private static RowCondition[] OfEntitlement(ListFilter filter) =>
    [
        new("resource_type_id", filter.ResourceTypeId),
        new("resource_id", filter.ResourceId),
        RowCondition.OneOf("external_id", filter.EntitlementIds),
        RowCondition.AbsentFrom(filter.AbsentFromSyncId),
    ];

    private static RowCondition[] OfGrant(ListFilter filter) =>
    [
        new("resource_type_id", filter.ResourceTypeId),
        new("resource_id", filter.ResourceId),
        new("entitlement_id", filter.EntitlementId),
        RowCondition.OneOf("entitlement_id", filter.EntitlementIds),
        new("principal_resource_type_id", filter.PrincipalTypeId),
        new("principal_resource_id", filter.PrincipalId),
        RowCondition.AbsentFrom(filter.AbsentFromSyncId),
    ];

    private static ResourceId ToId(SqliteStatement row, int column) => new() { ResourceType = row.Text(column), Resource = row.Text(column + 1) };

    private static bool HasText(SqliteStatement row, int column) => row.Text(column).Length > 0;

    private T Decode<T>(SqliteStatement row, int column, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(row.Blob(column));
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw new C1zException(
                C1zError.Corrupt, $"{_file.Path} is damaged: row {row.Int64(0)} holds no {typeof(T).Name} message", damage);
        }
    }

    // A writer may leave out of the message what the columns say: a "slim" grant. The columns give back its ids.
    private Grant DecodeGrant(SqliteStatement row)
    {
        var grant = Decode(row, 1, Grant.Parser);
        if (grant.Entitlement is null && HasText(row, 2))
        {
            grant.Entitlement = new Entitlement { Id = row.Text(2), Resource = new Resource { Id = ToId(row, 3) } };
        }

        if (grant.Principal is null && (HasText(row, 5) || HasText(row, 6)))
        {
            grant.Principal = new Resource { Id = ToId(row, 5) };
        }

        return _grants == GrantForm.WithExpansion ? GrantExpansion.WithoutMarkers(grant) : grant;
    }

    private T? Find<T>(string table, string columns, string externalId, RowReader<T> read)
        where T : class
        => _file.Access(database =>
        {
            using var statement = database.Prepare($"SELECT id, {columns} FROM {table} WHERE external_id = ?1 AND sync_id = ?2");
            statement.BindAll([externalId, Run.Id]);
            return statement.Step() ? read(statement) : null;
        });

    private IEnumerable<T> List<T>(string table, string columns, RowCondition[] conditions, RowReader<T> read)
        => Pages(table, columns, conditions, read).SelectMany(page => page);

    private IEnumerable<IReadOnlyList<T>> Pages<T>(string table, string columns, RowCondition[] conditions, RowReader<T> read)
    {
        var active = Array.FindAll(conditions, condition => condition.Value is not null);
        var where = string.Concat(active.Select((condition, i) => $" AND {condition.Sql(table, $"?{i + 3}", active)}"));
        var sql = $"SELECT id, {columns} FROM {table} WHERE sync_id = ?1 AND id > ?2{where} ORDER BY id LIMIT {PageRows}";
        for (var (last, isFull) = (0L, true); isFull;)
        {
            var page = new List<T>(PageRows);
            (last, isFull) = _file.Access(database => ReadPage(database, sql, last, active, read, page, PageBytes));
            if (page.Count > 0)
            {
                yield return page;
            }
        }
    }

    /// <returns>The last row, and whether the page ended for want of room, so that there may be more.</returns>
    private (long Last, bool IsFull) ReadPage<T>(
        SqliteDatabase database, string sql, long after, RowCondition[] conditions, RowReader<T> read, List<T> page, int mostBytes)
    {
        using var statement = database.Prepare(sql);
        statement.Bind(1, Run.Id);
        statement.Bind(2, after);
        for (var i = 0; i < conditions.Length; i++)
        {
            statement.Bind(i + 3, conditions[i].Value);
        }

        var bytes = 0;
        while (bytes < mostBytes && statement.Step())
        {
            page.Add(read(statement));
            after = statement.Int64(0);
            bytes += statement.Bytes(1);
        }

        return (after, bytes >= mostBytes || page.Count >= PageRows);
    }
}
