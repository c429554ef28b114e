using Baton.C1z.Syncs;
using Baton.Protocol.Cli.V1;
using Google.Protobuf.WellKnownTypes;
using Reader = Baton.Protocol.Reader.V2;

namespace Baton.Evidence.Reading;

/// <summary>A sync as the messages that the JSON output consists of.</summary>
public static class SyncMessages
{
    public static SyncOutput Output(SyncRun run) => new()
    {
        Id = run.Id,
        StartedAt = Time(run.StartedAt, run.StartedAtExtraNanoseconds),
        EndedAt = run.EndedAt is { } ended ? Time(ended, run.EndedAtExtraNanoseconds) : null,
        SyncToken = run.Token,
        SyncType = run.TypeName,
        ParentSyncId = run.ParentId,
    };

    public static Reader.SyncRun WithStats(SyncRun run, SyncStats stats)
    {
        var output = Output(run);
        return new()
        {
            Id = output.Id,
            StartedAt = output.StartedAt,
            EndedAt = output.EndedAt,
            SyncToken = output.SyncToken,
            SyncType = output.SyncType,
            ParentSyncId = output.ParentSyncId,
            Stats = new()
            {
                ResourceTypes = stats.ResourceTypes,
                Resources = stats.Resources,
                Entitlements = stats.Entitlements,
                Grants = stats.Grants,
                Assets = stats.Assets,
                ResourcesByResourceType = { stats.ResourcesByType.ToDictionary() },
                EntitlementsByResourceType = { stats.EntitlementsByType.ToDictionary() },
                GrantsByResourceType = { stats.GrantsByType.ToDictionary() },
            },
        };
    }

    private static Timestamp Time(DateTimeOffset time, int extraNanoseconds)
    {
        var stamp = Timestamp.FromDateTimeOffset(time);
        stamp.Nanos += extraNanoseconds;
        return stamp;
    }
}
