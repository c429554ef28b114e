using Baton.Testing.Connectors;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Connectors.Attempts;
using Podium.Connectors.Uploads;
using Podium.Data;
using Podium.Tests.Connectors;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Platform.Conformance;

internal sealed class PodiumPlatform : IPlatform
{
    private readonly ConnectorRig _rig;

    private PodiumPlatform(ConnectorRig rig)
    {
        _rig = rig;
        Second = rig.NewRaw(rig.Credential);
        Second.HostId = "second";
    }

    public RawConnector Connector => _rig.Raw;

    public RawConnector Second { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<IPlatform> StartAsync(DatabaseKind kind)
    {
        var rig = await ConnectorRig.StartAsync(kind);
        // The clockwork would add syncs of its own to those that a test gives.
        await rig.Database.WriteAsync(
            async context => { (await context.LockAsync<Connector>(rig.ConnectorId, Cancellation))!.NextSyncAt = new Moment(long.MaxValue); }, Cancellation);
        return new PodiumPlatform(rig);
    }

    public async Task<string> GiveAsync(BatonTask task)
        => task.SyncFull is null ? (await _rig.GiveAsync(task)).PublicId.ToString() : (await _rig.AskForSyncAsync())!.PublicId.ToString();

    public Task CancelAsync(string taskId) => _rig.Database.WriteAsync(
        async context =>
        {
            var attempt = await context.Locked<Attempt>("public_id = {0}", taskId).FirstAsync(Cancellation);
            await _rig.Get<AttemptLife>().CancelAsync(context, attempt, Cancellation);
        },
        Cancellation);

    public async Task<TaskOutcome> OutcomeAsync(string taskId) => (await _rig.AttemptAsync(taskId)).State switch
    {
        AttemptState.Done => TaskOutcome.Succeeded,
        AttemptState.Failed or AttemptState.Cancelled or AttemptState.Lost => TaskOutcome.Failed,
        _ => TaskOutcome.Open,
    };

    public async Task<byte[]?> UploadAsync(string taskId)
    {
        var attempt = await _rig.AttemptAsync(taskId);
        var name = await _rig.Database.ReadAsync(context => context.Set<Upload>()
            .Where(upload => upload.AttemptId == attempt.Id && upload.Kind == UploadKind.C1z).Select(upload => upload.Name).FirstOrDefaultAsync(Cancellation));
        if (name is null)
        {
            return null;
        }

        using var file = await _rig.Get<IUploadStore>().OpenAsync(name, Cancellation);
        return await File.ReadAllBytesAsync(file.Path, Cancellation);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
