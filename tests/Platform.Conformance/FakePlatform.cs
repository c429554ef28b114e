using Baton.Testing.Connectors;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Uploads;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Platform.Conformance;

/// <summary>The fake that connectors are tested with: what it takes, podium must take too, and what it refuses, podium must refuse.</summary>
internal sealed class FakePlatform : IPlatform
{
    private readonly FakeControlPlane _platform;

    private FakePlatform(FakeControlPlane platform)
    {
        _platform = platform;
        Connector = New();
        Second = New();
        Second.HostId = "second";
    }

    public RawConnector Connector { get; }

    public RawConnector Second { get; }

    public static async Task<IPlatform> StartAsync()
        => new FakePlatform(await FakeControlPlane.StartAsync(
            new() { LongPoll = TimeSpan.FromMilliseconds(200), MaxHosts = 2 }, TestContext.Current.CancellationToken));

    public Task<string> GiveAsync(BatonTask task) => Task.FromResult(_platform.Tasks.Add(task).Id);

    public Task CancelAsync(string taskId)
    {
        _platform.Tasks[taskId].Cancel();
        return Task.CompletedTask;
    }

    public Task<TaskOutcome> OutcomeAsync(string taskId) => Task.FromResult(
        _platform.Tasks[taskId].End is not { } end ? TaskOutcome.Open : end.Succeeded ? TaskOutcome.Succeeded : TaskOutcome.Failed);

    public async Task<byte[]?> UploadAsync(string taskId)
        => _platform.Tasks[taskId].Uploads.LastOrDefault(upload => upload.Kind == UploadKind.C1z) is { } upload ? await File.ReadAllBytesAsync(upload.Path) : null;

    public async ValueTask DisposeAsync()
    {
        Connector.Dispose();
        Second.Dispose();
        await _platform.DisposeAsync();
    }

    private RawConnector New() => new(_platform.Address, _platform.ClientId, _platform.ClientSecret, _platform.CertificateAuthority);
}
