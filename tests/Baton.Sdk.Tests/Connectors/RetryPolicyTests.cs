using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Connectors;

public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    // Until a test that would wait for ever counts as failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(Now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(59, 59)]
    [InlineData(60, 60)]
    [InlineData(61, 60)]
    [InlineData(int.MaxValue, 60)]
    public void WaitBefore_NothingSaid_GrowsByASecondUpToAMinute(int attempt, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.WaitBefore(attempt, limit: null, Now));
    }

    [Theory]
    [InlineData(30, null, 30)]
    [InlineData(30, 0L, 30)]
    [InlineData(30, -1L, 30)]
    [InlineData(30, 10L, 3)]
    [InlineData(30, 7L, 5)]
    [InlineData(30, 1000L, 1)]
    [InlineData(600, 0L, 60)]
    [InlineData(600, 5L, 60)]
    [InlineData(0, 0L, 4)]
    [InlineData(-5, 0L, 4)]
    public void WaitBefore_RateLimit_SpreadsWhatIsLeft(int resetIn, long? remaining, int seconds)
    {
        var limit = new RateLimit(100, remaining, Now.AddSeconds(resetIn));

        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.WaitBefore(attempt: 4, limit, Now));
    }

    [Fact]
    public async Task WaitAsync_Transient_WaitsLongerEachTime()
    {
        var policy = Policy();

        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 1);
        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 2);
        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 3);
    }

    [Fact]
    public async Task WaitAsync_SuccessInBetween_StartsAnew()
    {
        var policy = Policy();
        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 1);
        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 2);

        policy.Succeeded();

        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 1);
    }

    [Fact]
    public async Task WaitAsync_ManyRequestsFailTogether_CountAsOne()
    {
        var policy = Policy(limit: 2);

        // Eight workers, two rounds: sixteen failures, two attempts.
        await AssertWaitsAsync(Task.WhenAll(Enumerable.Range(0, 8).Select(_ => policy.WaitAsync(Outage(), Cancellation))), seconds: 1);
        await AssertWaitsAsync(Task.WhenAll(Enumerable.Range(0, 8).Select(_ => policy.WaitAsync(Outage(), Cancellation))), seconds: 2);

        await Assert.ThrowsAsync<ConnectorException>(() => policy.WaitAsync(Outage(), Cancellation));
    }

    [Fact]
    public async Task WaitAsync_FailureWhileOthersWait_WaitsForTheSameMoment()
    {
        var policy = Policy();
        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 1);
        var first = policy.WaitAsync(Outage(), Cancellation);
        _time.Advance(TimeSpan.FromSeconds(1));

        var second = policy.WaitAsync(Outage(), Cancellation);

        await AssertWaitsAsync(Task.WhenAll(first, second), seconds: 1);
    }

    [Fact]
    public async Task WaitAsync_LimitReached_GivesUpInWords()
    {
        var policy = Policy(limit: 1);
        await AssertWaitsAsync(policy.WaitAsync(Outage(), Cancellation), seconds: 1);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => policy.WaitAsync(Outage(), Cancellation));

        Assert.Equal(StatusCode.Unavailable, failure.Code);
        Assert.Equal("the server is gone (gave up after 1 attempts in a row)", failure.Message);
    }

    [Fact]
    public async Task WaitAsync_NotTransient_ThrowsAtOnce()
    {
        var refusal = new ConnectorException(StatusCode.PermissionDenied, "no");

        Assert.Same(refusal, await Assert.ThrowsAsync<ConnectorException>(() => Policy().WaitAsync(refusal, Cancellation)));
    }

    [Fact]
    public async Task WaitAsync_Cancelled_GivesUp()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = Policy().WaitAsync(Outage(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static ConnectorException Outage() => new(StatusCode.Unavailable, "the server is gone");

    private RetryPolicy Policy(int limit = RetryPolicy.DefaultLimit) => new(limit, _time, NullLogger.Instance);

    private async Task AssertWaitsAsync(Task waiting, int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await waiting.WaitAsync(Patience, Cancellation);
    }
}
