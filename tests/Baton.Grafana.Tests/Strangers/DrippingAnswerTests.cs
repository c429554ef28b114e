using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Strangers;

/// <summary>Answers that come drop by drop: always some progress, and never an end before the time of the request is up.</summary>
public sealed class DrippingAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("^/api/user$")]
    [InlineData("^/api/users/search")]
    [InlineData("^/api/orgs/1/users")]
    [InlineData("^/api/orgs\\?")]
    public async Task Sync_AnswerThatDrips_IsGivenUpAfterAsManyDeadlinesAsRetries(string path)
    {
        var time = new ImpatientTime();
        var drops = 0;
        await using var grafana = await FakeGrafana.StartAsync(
            new FakeGrafanaOptions
            {
                AdminPassword = TestConnector.Password,
                Delay = async (_, gone) =>
                {
                    // Two pieces have come by the time that the deadline passes: what came is no reason to wait longer.
                    if (Interlocked.Increment(ref drops) % 3 == 0)
                    {
                        time.PassDeadlines();
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
                    }
                },
            },
            Cancellation);
        grafana.Populate(users: 20);
        var rule = grafana.Faults.On("GET", path).SlowBody(pieces: 20, TimeSpan.FromSeconds(1));
        using var sync = new InProcessSync { Variables = { ["BATON_RETRY_LIMIT"] = "3" } };

        var code = await sync.RunAsync(grafana.BaseAddress, time, "--workers", "1");

        Assert.Equal(4, code);
        Assert.Equal(4, rule.Hits);
        Assert.Matches("did not answer /api/[^ ]* within 300 seconds .--http-timeout-seconds. .gave up after 3 attempts in a row.", sync.Error);
        Assert.False(File.Exists(sync.File));
    }
}
