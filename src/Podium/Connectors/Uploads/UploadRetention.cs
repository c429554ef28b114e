using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Connectors.Uploads;

/// <summary>How long the bytes of uploads are kept: of the last three applied syncs of a connector, of the others for fourteen days.</summary>
internal sealed class UploadRetention(Database database, IUploadStore store, TimeProvider clock)
{
    private const int AppliedKept = 3;
    private static readonly TimeSpan OthersKept = TimeSpan.FromDays(14);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = clock.Now() - OthersKept;
        var old = await database.ReadAsync(context => (
            from upload in context.Set<Upload>()
            join sync in context.Set<Sync>() on upload.AttemptId equals sync.AttemptId
            where upload.ErasedAt == null
                && (sync.State == SyncState.Applied
                    ? context.Set<Sync>().Count(later => later.ConnectorId == sync.ConnectorId && later.State == SyncState.Applied && later.Id > sync.Id) >= AppliedKept
                    : upload.ReceivedAt < before && (sync.State == SyncState.Rejected || sync.State == SyncState.Failed || sync.State == SyncState.Cancelled
                        || sync.State == SyncState.Discarded || sync.State == SyncState.Superseded || sync.State == SyncState.Held))
            select new { upload.Id, upload.Name }).ToListAsync(cancellationToken));
        foreach (var one in old)
        {
            await database.WriteAsync(
                async context =>
                {
                    Moment? now = clock.Now();
                    await context.Set<Upload>().Where(upload => upload.Id == one.Id).ExecuteUpdateAsync(set => set.SetProperty(upload => upload.ErasedAt, now), cancellationToken);
                },
                cancellationToken);
            await store.EraseAsync(one.Name, cancellationToken);
        }

        await store.SweepAsync(cancellationToken);
    }
}
