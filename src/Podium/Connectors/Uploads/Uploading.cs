using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Connectors.Syncs;
using Podium.Data;

namespace Podium.Connectors.Uploads;

/// <summary>Which uploads are wanted, and what the arrival of one means.</summary>
internal sealed class Uploading(Database database, IUploadStore store, TimeProvider clock, ReceivedSyncs received)
{
    /// <summary>Before any byte is taken.</summary>
    /// <exception cref="UploadException">Nothing of this attempt is wanted.</exception>
    public async Task AdmitAsync(long connectorId, string hostId, string taskId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var attempt = Ksuid.TryParse(taskId, out var id)
            ? await context.Set<Attempt>().FirstOrDefaultAsync(one => one.ConnectorId == connectorId && one.PublicId == id, cancellationToken)
            : null;
        Check(attempt, hostId, taskId);
    }

    /// <summary>Writes down that a whole file is here. From then on the sync goes its way, whatever becomes of the connector.</summary>
    /// <exception cref="UploadException">It is not wanted any more.</exception>
    public async Task CompleteAsync(
        UploadSender sender, string taskId, IUploadWriter writer, UploadReceiver receiver, CancellationToken cancellationToken)
    {
        var (kind, sha256) = receiver.Complete();
        await writer.KeepAsync(cancellationToken);
        try
        {
            var isNew = await WriteDownAsync(sender, taskId, writer.Name, kind, sha256, receiver.Size, cancellationToken);
            if (!isNew)
            {
                await store.EraseAsync(writer.Name, cancellationToken);
            }
            else if (kind == UploadKind.C1z)
            {
                received.Wake();
            }
        }
        catch (UploadException)
        {
            // Only then it is sure that no row names it; what another failure leaves, the sweep finds.
            await store.EraseAsync(writer.Name, CancellationToken.None);
            throw;
        }
    }

    /// <returns>False when the same bytes were here before.</returns>
    private Task<bool> WriteDownAsync(
        UploadSender sender, string taskId, string name, UploadKind kind, string sha256, long size, CancellationToken cancellationToken)
        => database.WriteAsync(
            async context =>
            {
                var connector = await context.LockAsync<Connector>(sender.ConnectorId, cancellationToken);
                var attempt = await context.Locked<Attempt>("public_id = {0}", taskId).FirstOrDefaultAsync(one => one.ConnectorId == sender.ConnectorId, cancellationToken);
                Check(attempt, sender.HostId, taskId);
                var before = await context.Set<Upload>().FirstOrDefaultAsync(one => one.AttemptId == attempt!.Id && one.Kind == kind, cancellationToken);
                if (before is not null)
                {
                    // The answer to the first may have been lost: the same bytes again are the same upload.
                    return before.Sha256 == sha256 ? false
                        : throw new UploadException(StatusCode.AlreadyExists, "upload: there is another one of this task already");
                }

                var sync = await context.Locked<Sync>("attempt_id = {0}", attempt!.Id).FirstOrDefaultAsync(cancellationToken);
                if (kind == UploadKind.C1z)
                {
                    if (sync is not { State: SyncState.Running })
                    {
                        throw NotWanted(taskId);
                    }

                    (sync.State, sync.ReceivedAt, sync.Sha256, sync.Size) = (SyncState.Received, clock.Now(), sha256, size);
                    context.Audit(clock.Now(), "sync.received", sender.Actor, connector!.Subject(), new JsonObject
                    {
                        ["sync"] = sync.PublicId.ToString(),
                        ["sha256"] = sha256,
                        ["bytes"] = size,
                    });
                }

                context.Add(new Upload { AttemptId = attempt.Id, Kind = kind, Name = name, Sha256 = sha256, Size = size, ReceivedAt = clock.Now() });
                return true;
            },
            cancellationToken);

    private static void Check(Attempt? attempt, string hostId, string taskId)
    {
        if (attempt is null)
        {
            throw new UploadException(StatusCode.NotFound, $"upload: there is no task {taskId}");
        }

        if (attempt.Kind != AttemptKind.SyncFull || attempt.State != AttemptState.Out || attempt.HostId != hostId || attempt.CancelRequested)
        {
            throw NotWanted(taskId);
        }
    }

    private static UploadException NotWanted(string taskId)
        => new(StatusCode.FailedPrecondition, $"upload: task {taskId} is over or stopped, or another process has it");
}
