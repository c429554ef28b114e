using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Uploads;
using Podium.Data;
using Podium.Inventory.Applying;

namespace Podium.Connectors.UseCases;

/// <summary>A person's word on a sync that would have taken away too much: exactly this one is applied, or it is forgotten.</summary>
internal sealed class DecideHeldSync(Database database, IUploadStore store, SyncApply apply, HeldSyncs held)
{
    /// <exception cref="Refusal">It is not held any more, or its file is not kept any more.</exception>
    public async Task<SyncOutcome> ConfirmAsync(long syncId, Actor actor, CancellationToken cancellationToken)
    {
        var name = await database.ReadAsync(context => (
            from sync in context.Set<Sync>()
            join upload in context.Set<Upload>() on sync.AttemptId equals upload.AttemptId
            where sync.Id == syncId && sync.State == SyncState.Held && upload.Kind == UploadKind.C1z && upload.ErasedAt == null
            select upload.Name).FirstOrDefaultAsync(cancellationToken))
            ?? throw new Refusal("This sync is not held any more: somebody decided, or a later sync took its place.");
        using var file = await store.OpenAsync(name, cancellationToken);
        return await apply.ConfirmAsync(syncId, file.Path, actor, cancellationToken);
    }

    /// <exception cref="Refusal">It is not held any more.</exception>
    public async Task DiscardAsync(long syncId, Actor actor, CancellationToken cancellationToken)
    {
        if (!await held.DiscardAsync(syncId, actor, cancellationToken))
        {
            throw new Refusal("This sync is not held any more: somebody decided, or a later sync took its place.");
        }
    }
}
