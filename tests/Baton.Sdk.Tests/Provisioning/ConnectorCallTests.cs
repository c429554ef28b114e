using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Sdk.Tests.Logging;
using Grpc.Core;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class ConnectorCallTests : IDisposable
{
    private readonly LogCapture _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Run_Bug_IsInternalWithoutItsTextAndLogged()
    {
        // What a bug says was not written for the platform's users, and may hold anything.
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => RunAsync(() => throw new InvalidOperationException("token glsa_1")));

        Assert.Equal((StatusCode.Internal, false), (failure.Code, failure.IsTransient));
        Assert.Equal("prefix: Internal Server Error: an unexpected InvalidOperationException; the connector's log has the details", failure.Message);
        Assert.Contains("unexpected failure of a connector method", _log.Output + _log.Error, StringComparison.Ordinal);
        Assert.Contains("\"error_type\":\"InvalidOperationException\"", _log.Output + _log.Error, StringComparison.Ordinal);
        Assert.Contains(nameof(Run_Bug_IsInternalWithoutItsTextAndLogged), _log.Output + _log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BugInAnotherThreadsTask_IsInternalToo()
        => Assert.Equal(StatusCode.Internal, (await Assert.ThrowsAsync<ConnectorException>(() => RunAsync(async () =>
        {
            await Task.Yield();
            throw new KeyNotFoundException();
        }))).Code);

    [Fact]
    public async Task Run_CancellationAndDryRun_PassThrough()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(() => throw new OperationCanceledException()));
        await Assert.ThrowsAsync<TaskCanceledException>(() => RunAsync(() => throw new TaskCanceledException()));
        await Assert.ThrowsAsync<ChangeWithheldException>(() => RunAsync(() => throw new ChangeWithheldException()));
        Assert.Empty(_log.Output + _log.Error);
    }

    private Task<int> RunAsync(Func<Task<int>> call) => new ConnectorCall(_log.Logger).RunAsync(call, "prefix: ");
}
