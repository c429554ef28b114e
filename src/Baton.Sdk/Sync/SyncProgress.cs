using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync;

/// <summary>How far a sync has come: counts for whoever shows them, and the log lines that upstream's users know. Thread-safe.</summary>
internal sealed partial class SyncProgress(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<(SyncOperation Phase, string Type), Subjects> _subjects = [];
    private long _entitlements;
    private long _grants;

    /// <summary>The phase that runs now.</summary>
    public SyncOperation Phase { get; private set; } = SyncOperation.Init;

    public long Entitlements => Interlocked.Read(ref _entitlements);

    public long Grants => Interlocked.Read(ref _grants);

    public IReadOnlyDictionary<string, long> Resources
    {
        get
        {
            lock (_gate)
            {
                return new SortedDictionary<string, long>(_resources, StringComparer.Ordinal);
            }
        }
    }

    public void Start(SyncOperation phase)
    {
        lock (_gate)
        {
            if (Phase == phase)
            {
                return;
            }

            Phase = phase;
        }

        switch (phase)
        {
            case SyncOperation.ListResourceTypes:
                LogSyncingResourceTypes();
                break;
            case SyncOperation.ListResources:
                LogSyncingResources();
                break;
            case SyncOperation.ListStaticEntitlements:
                LogSyncingStaticEntitlements();
                break;
            case SyncOperation.ListEntitlements:
                LogSyncingEntitlements();
                break;
            case SyncOperation.ListGrants:
                LogSyncingGrants();
                break;
            case SyncOperation.ListExternalResources:
                LogSyncingExternalResources();
                break;
            case SyncOperation.GrantExpansion:
                LogExpandingGrants();
                break;
            default:
                break;
        }
    }

    public void ResourceTypesDone(long count) => LogSyncedResourceTypes(count);

    public void ResourcesListed(string type, long count)
    {
        lock (_gate)
        {
            _resources[type] = _resources.GetValueOrDefault(type) + count;
        }
    }

    public void ResourcesDone(string type)
    {
        long count;
        lock (_gate)
        {
            count = _resources.GetValueOrDefault(type);
        }

        LogSyncedResources(type, count);
    }

    public void EntitlementsListed(long count) => Interlocked.Add(ref _entitlements, count);

    public void GrantsListed(long count) => Interlocked.Add(ref _grants, count);

    /// <summary>A phase that goes from subject to subject knows how many there are.</summary>
    public void Expect(SyncOperation phase, string type, long total)
    {
        lock (_gate)
        {
            _subjects[(phase, type)] = new Subjects { Total = total };
        }
    }

    /// <summary>The last page of one subject of a phase is stored.</summary>
    public void SubjectDone(SyncOperation phase, string type)
    {
        long synced;
        long total;
        bool due;
        lock (_gate)
        {
            if (!_subjects.TryGetValue((phase, type), out var subjects))
            {
                _subjects[(phase, type)] = subjects = new Subjects();
            }

            synced = ++subjects.Synced;
            total = subjects.Total;
            var now = time.GetTimestamp();
            due = subjects.LoggedAt is not { } last || time.GetElapsedTime(last, now) >= LogInterval;
            subjects.LoggedAt = due ? now : subjects.LoggedAt;
        }

        Log(phase, type, synced, total, due);
    }

    private void Log(SyncOperation phase, string type, long synced, long total, bool due)
    {
        var entitlements = phase == SyncOperation.ListEntitlements;
        if (total > 0 && synced >= total)
        {
            if (entitlements)
            {
                LogSyncedEntitlements(type, synced, total);
            }
            else
            {
                LogSyncedGrants(type, synced, total);
            }
        }
        else if (due && total > 0)
        {
            if (entitlements)
            {
                LogSyncingEntitlementsOf(type, synced, total, synced * 100 / total);
            }
            else
            {
                LogSyncingGrantsOf(type, synced, total, synced * 100 / total);
            }
        }
    }

    private sealed class Subjects
    {
        public long Synced { get; set; }

        public long Total { get; set; }

        public long? LoggedAt { get; set; }
    }

    [LoggerMessage(EventId = 1021, Level = LogLevel.Information, Message = "Syncing resource types...")]
    private partial void LogSyncingResourceTypes();

    [LoggerMessage(EventId = 1022, Level = LogLevel.Information, Message = "Synced resource types")]
    private partial void LogSyncedResourceTypes(long count);

    [LoggerMessage(EventId = 1023, Level = LogLevel.Information, Message = "Syncing resources...")]
    private partial void LogSyncingResources();

    [LoggerMessage(EventId = 1024, Level = LogLevel.Information, Message = "Synced resources")]
    private partial void LogSyncedResources(string resourceTypeId, long count);

    [LoggerMessage(EventId = 1025, Level = LogLevel.Information, Message = "Syncing static entitlements...")]
    private partial void LogSyncingStaticEntitlements();

    [LoggerMessage(EventId = 1026, Level = LogLevel.Information, Message = "Syncing entitlements...")]
    private partial void LogSyncingEntitlements();

    [LoggerMessage(EventId = 1027, Level = LogLevel.Information, Message = "Syncing entitlements")]
    private partial void LogSyncingEntitlementsOf(string resourceTypeId, long synced, long total, long percentComplete);

    [LoggerMessage(EventId = 1028, Level = LogLevel.Information, Message = "Synced entitlements")]
    private partial void LogSyncedEntitlements(string resourceTypeId, long count, long total);

    [LoggerMessage(EventId = 1029, Level = LogLevel.Information, Message = "Syncing grants...")]
    private partial void LogSyncingGrants();

    [LoggerMessage(EventId = 1030, Level = LogLevel.Information, Message = "Syncing grants")]
    private partial void LogSyncingGrantsOf(string resourceTypeId, long synced, long total, long percentComplete);

    [LoggerMessage(EventId = 1031, Level = LogLevel.Information, Message = "Synced grants")]
    private partial void LogSyncedGrants(string resourceTypeId, long count, long total);

    [LoggerMessage(EventId = 1032, Level = LogLevel.Information, Message = "Syncing external resources")]
    private partial void LogSyncingExternalResources();

    [LoggerMessage(EventId = 1033, Level = LogLevel.Information, Message = "Expanding grants...")]
    private partial void LogExpandingGrants();
}
