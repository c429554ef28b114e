using Baton.Grafana.Listings;
using Grpc.Core;

namespace Baton.Grafana.Tests.Listings;

/// <summary>Servers whose pages are not those that were asked for.</summary>
public sealed class SmallPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(1, 100, 100)]
    [InlineData(99, 100, 100)]
    [InlineData(250, 100, 100)]
    [InlineData(2350, 100, 100)]
    [InlineData(2350, 100, null)]
    [InlineData(2350, 1000, null)]
    [InlineData(2000, 500, 1000)]
    public async Task Pages_SmallerThanAskedFor_AreWalkedByWhatComes(int count, int served, int? said)
    {
        var walk = new CountedWalk<int>(
            1000, (page, _) => Task.FromResult(new CountedPage<int>([.. Enumerable.Range(1, count).Skip((page - 1) * served).Take(served)], count, said)), row => row);
        var seen = new List<int>();

        await foreach (var rows in walk.PagesAsync(8, Cancellation))
        {
            seen.AddRange(rows);
        }

        Assert.Equal(Enumerable.Range(1, count), seen);
        Assert.True(walk.Result.IsComplete);
    }

    [Theory]
    [InlineData(1_000_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public async Task Total_ThatCannotBe_EndsTheWalkSoon(long total)
    {
        var asked = 0;
        var walk = new CountedWalk<int>(
            1000,
            (_, _) =>
            {
                Interlocked.Increment(ref asked);
                return Task.FromResult(new CountedPage<int>([1, 2, 3], total));
            },
            row => row);

        await foreach (var _ in walk.PagesAsync(8, Cancellation))
        {
            // The same again.
        }

        Assert.False(walk.Result.IsComplete);
        Assert.InRange(asked, 1, 20);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    public async Task Organizations_ByPagesThatAreCapped_AreAllListed(int cap)
    {
        await using var grafana = await TestConnector.StartAsync();
        for (var number = 2; number <= 1203; number++)
        {
            grafana.AddOrganization($"Org {number}");
        }

        // As a gateway that rewrites the address.
        await using var capped = await CappedGrafana.StartAsync(grafana.BaseAddress, cap, Cancellation);
        using var sync = new Strangers.RepeatedSync(capped.Address);

        Assert.Equal(0, await sync.RunAsync("--sync-resource-types", "org"));

        Assert.Equal(1203, sync.Resources("org").Count);
    }

    [Fact]
    public async Task Accounts_ThatAlwaysLackOne_AreRefusedWithAdviceThatHelps()
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.On("GET", "^/api/users/search").Respond(200, """{"totalCount":3,"users":[{"id":1,"login":"admin","isAdmin":true},{"id":2,"login":"ada","isAdmin":false}],"page":1,"perPage":1000}""");
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Equal(StatusCode.Aborted, refusal.Code);
        Assert.Contains("2 were listed of 3", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("something between here and Grafana leaves rows out", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("in bulk", refusal.Message, StringComparison.Ordinal);
    }
}
