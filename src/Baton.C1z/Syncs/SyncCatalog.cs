using Baton.C1z.Schema;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Syncs;

/// <summary>The syncs of a file, and the rules by which one of them is chosen.</summary>
public sealed class SyncCatalog
{
    private const string Columns = "sync_id, sync_type, started_at, ended_at, sync_token, parent_sync_id, linked_sync_id, stats";
    private const int TokenColumn = 4;
    private const int StatsColumn = 7;
    private const string NewestFinished = "ended_at IS NOT NULL ORDER BY ended_at DESC, sync_id DESC LIMIT 1";

    // A checkpoint may have megabytes. Files come from strangers, and the syncs of one are in memory together.
    private const long MostBytes = 64 << 20;
    private const long OverheadBytes = 512;

    /// <summary>An unfinished sync older than this is never resumed.</summary>
    private static readonly TimeSpan ResumableFor = TimeSpan.FromDays(7);

    private readonly C1zFile _file;

    internal SyncCatalog(C1zFile file) => _file = file;

    /// <summary>Every sync, in the order in which they were started.</summary>
    public IReadOnlyList<SyncRun> All() => Query("1 ORDER BY id");

    public SyncRun? Find(string syncId) => Query("sync_id = ?1", syncId).FirstOrDefault();

    /// <summary>The finished sync that ended last, of the given type or of any.</summary>
    public SyncRun? LatestFinished(SyncType? type = null)
        => (type is { } one ? Query($"sync_type = ?1 AND {NewestFinished}", one.Name()) : Query(NewestFinished)).SingleOrDefault();

    /// <summary>The unfinished sync that started last, not more than seven days ago.</summary>
    public SyncRun? LatestUnfinished(SyncType? type = null)
    {
        var oldest = Timestamp.Format(_file.Time.GetLocalNow() - ResumableFor);
        const string rule = "ended_at IS NULL AND started_at >= ?1";
        const string order = "ORDER BY started_at DESC LIMIT 1";
        return (type is { } one ? Query($"{rule} AND sync_type = ?2 {order}", oldest, one.Name()) : Query($"{rule} {order}", oldest)).SingleOrDefault();
    }

    /// <summary>What a reader shows by default: the latest finished sync of any type, else the latest unfinished one; null when there is none.</summary>
    public SyncRun? Default() => LatestFinished() ?? LatestUnfinished();

    private List<SyncRun> Query(string condition, params string[] parameters) => _file.Access(database =>
    {
        using var statement = database.Prepare($"SELECT {Columns} FROM v1_sync_runs WHERE {condition}");
        statement.BindAll(parameters);
        var runs = new List<SyncRun>();
        for (long bytes = 0; statement.Step(); runs.Add(Read(statement)))
        {
            bytes += OverheadBytes + statement.Bytes(TokenColumn) + statement.Bytes(StatsColumn);
            if (bytes > MostBytes)
            {
                throw new C1zException(C1zError.TooLarge, $"{_file.Path} holds more syncs than can be listed, or larger ones");
            }
        }

        return runs;
    });

    private SyncRun Read(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        StartedAtExtraNanoseconds = Timestamp.ExtraNanoseconds(row.Text(2)),
        EndedAtExtraNanoseconds = Timestamp.ExtraNanoseconds(row.TextOrNull(3)),
        TypeName = row.Text(1),
        Type = SyncTypes.Parse(row.Text(1)),
        StartedAt = Time(row, 2),
        EndedAt = row.IsNull(3) ? null : Time(row, 3),
        Token = row.Text(TokenColumn),
        ParentId = row.Text(5),
        LinkedId = row.Text(6),
        Stats = row.TextOrNull(StatsColumn),
    };

    // A time that cannot be read must not turn a finished sync into an unfinished one.
    private DateTimeOffset Time(SqliteStatement row, int column)
        => Timestamp.Parse(row.Text(column))
            ?? throw new C1zException(
                C1zError.Corrupt, $"{_file.Path} is damaged: sync {row.Text(0)} has the time '{row.Text(column)}'");
}
