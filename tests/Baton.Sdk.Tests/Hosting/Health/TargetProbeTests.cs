using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.Health;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Hosting.Health;

public sealed class TargetProbeTests
{
    private readonly FakeTimeProvider _time = new();
    private DateTimeOffset? _lastSuccess;
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AskAsync_WithinSeconds_IsOneQuestion()
    {
        await using var probe = Probe(() => Task.CompletedTask);

        Assert.True((await probe.AskAsync(Cancellation)).IsGood);
        _time.Advance(TargetProbe.GoodFor - TimeSpan.FromMilliseconds(1));
        await probe.AskAsync(Cancellation);
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await probe.AskAsync(Cancellation);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task AskAsync_ManyAtOnce_ShareOneQuestion()
    {
        var answer = new TaskCompletionSource();
        await using var probe = Probe(() => answer.Task);

        var asking = Enumerable.Range(0, 5).Select(_ => probe.AskAsync(Cancellation)).ToList();
        answer.SetResult();
        await Task.WhenAll(asking);

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task AskAsync_OneGivesUp_TheOthersGetTheirAnswer()
    {
        var answer = new TaskCompletionSource();
        await using var probe = Probe(() => answer.Task);
        using var impatient = new CancellationTokenSource();

        var (first, second) = (probe.AskAsync(impatient.Token), probe.AskAsync(Cancellation));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult();

        Assert.True((await second).IsGood);
    }

    [Fact]
    public async Task AskAsync_CredentialRefused_IsLeftAloneForMinutes()
    {
        await using var probe = Probe(() => throw new ConnectorException(StatusCode.Unauthenticated, "wrong password"));

        await probe.AskAsync(Cancellation);
        _time.Advance(TargetProbe.RefusedFor - TimeSpan.FromSeconds(1));
        var state = await probe.AskAsync(Cancellation);
        Assert.Equal((1, StatusCode.Unauthenticated, "wrong password"), (_asked, state.Code, state.Error));

        _time.Advance(TimeSpan.FromSeconds(1));
        await probe.AskAsync(Cancellation);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task AskAsync_CredentialRefusedAndASyncSucceededSince_AsksAgain()
    {
        var isRefused = true;
        await using var probe = Probe(() => isRefused ? throw new ConnectorException(StatusCode.Unauthenticated, "wrong password") : Task.CompletedTask);
        await probe.AskAsync(Cancellation);

        _time.Advance(TimeSpan.FromSeconds(30));
        (isRefused, _lastSuccess) = (false, _time.GetUtcNow());

        Assert.True((await probe.AskAsync(Cancellation)).IsGood);
    }

    [Fact]
    public async Task AskAsync_OtherFailure_IsAskedAgainAfterSeconds()
    {
        await using var probe = Probe(() => throw new ConnectorException(StatusCode.Unavailable, "gone"));

        await probe.AskAsync(Cancellation);
        _time.Advance(TargetProbe.GoodFor);
        await probe.AskAsync(Cancellation);

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task AskAsync_CredentialReplaced_IsAskedAgainAtOnce()
    {
        var credential = 0;
        await using var probe = new TargetProbe(
            _ => _asked++ == 0 ? throw new ConnectorException(StatusCode.Unauthenticated, "no") : Task.CompletedTask, () => null, () => credential, _time);
        Assert.False((await probe.AskAsync(Cancellation)).IsGood);
        Assert.False((await probe.AskAsync(Cancellation)).IsGood);
        Assert.Equal(1, _asked);

        credential++;

        Assert.True((await probe.AskAsync(Cancellation)).IsGood);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task AskAsync_NoAnswer_IsOverAfterTheLimit()
    {
        var asked = new TaskCompletionSource();
        await using var probe = new TargetProbe(
            token =>
            {
                asked.SetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
            () => null,
            () => 0,
            _time);

        var asking = probe.AskAsync(Cancellation);
        await asked.Task.WaitAsync(Cancellation);
        _time.Advance(TargetProbe.Limit);

        Assert.Equal(StatusCode.DeadlineExceeded, (await asking).Code);
    }

    [Fact]
    public async Task DisposeAsync_QuestionUnderWay_EndsIt()
    {
        var (asked, ended) = (new TaskCompletionSource(), false);
        var probe = new TargetProbe(
            async token =>
            {
                asked.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                }
                finally
                {
                    ended = true;
                }
            },
            () => null,
            () => 0,
            _time);
        var asking = probe.AskAsync(Cancellation);
        await asked.Task.WaitAsync(Cancellation);

        await probe.DisposeAsync();

        Assert.True(ended);
        await asking;
    }

    private TargetProbe Probe(Func<Task> validate) => new(
        _ =>
        {
            Interlocked.Increment(ref _asked);
            return validate();
        },
        () => _lastSuccess,
        () => 0,
        _time);
}
