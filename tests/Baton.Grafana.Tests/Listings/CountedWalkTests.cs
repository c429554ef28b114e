using Baton.Grafana.Listings;
using CsCheck;

namespace Baton.Grafana.Tests.Listings;

public sealed class CountedWalkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task PagesAsync_NothingMoves_HandsEveryRowOnInOrder()
        => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 7], Gen.Int[1, 5]).SampleAsync(async (count, size, parallelism) =>
        {
            var rows = Enumerable.Range(1, count).Select(id => (long)id).ToList();
            var listing = new Listing(rows, size);
            var walk = new CountedWalk<long>(size, listing.FetchAsync, id => id);

            var seen = await ReadAsync(walk, parallelism);

            Assert.Equal(rows, seen);
            Assert.True(walk.Result.IsComplete);
            Assert.Equal(Math.Max(1, (count + size - 1) / size), listing.Fetched.Count);
            Assert.InRange(listing.MostAtOnce, 1, parallelism);
        });

    [Fact]
    public Task PagesAsync_RowsComeOrGoOnce_IsCompleteOnlyWithAllThatStayed()
        => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 6], Gen.Int[1, 8], Gen.Int[0, 40], Gen.Bool).SampleAsync(async (count, size, atFetch, position, insert) =>
        {
            var rows = Enumerable.Range(1, count).Select(id => (long)id).ToList();
            var stayed = new HashSet<long>(rows);
            var listing = new Listing(rows, size)
            {
                BeforeFetch = fetch =>
                {
                    if (fetch != atFetch)
                    {
                        return;
                    }

                    if (insert)
                    {
                        rows.Insert(position % (rows.Count + 1), 1000);
                    }
                    else if (rows.Count > 0)
                    {
                        stayed.Remove(rows[position % rows.Count]);
                        rows.RemoveAt(position % rows.Count);
                    }
                },
            };
            var walk = new CountedWalk<long>(size, listing.FetchAsync, id => id);

            var seen = await ReadAsync(walk, parallelism: 1);

            // What passes for complete lacks nobody who was there all the time.
            Assert.True(!walk.Result.IsComplete || stayed.IsSubsetOf(seen), $"{walk.Result}");
        });

    [Fact]
    public async Task PagesAsync_InsertionInFront_IsIncomplete()
    {
        List<long> rows = [1, 2, 3, 4];
        var listing = new Listing(rows, 2) { BeforeFetch = fetch => rows.InsertRange(0, fetch == 2 ? [9] : []) };
        var walk = new CountedWalk<long>(2, listing.FetchAsync, id => id);

        Assert.Equal([1, 2, 2, 3], await ReadAsync(walk, parallelism: 1));
        Assert.Equal(new WalkResult(Distinct: 3, FirstTotal: 4, LastTotal: 5), walk.Result);
        Assert.False(walk.Result.IsComplete);
    }

    [Fact]
    public async Task PagesAsync_DeletionInFront_IsIncompleteThoughTheCountsAgree()
    {
        List<long> rows = [1, 2, 3, 4];
        var listing = new Listing(rows, 2)
        {
            BeforeFetch = fetch =>
            {
                if (fetch == 2)
                {
                    rows.RemoveAt(0);
                }
            },
        };
        var walk = new CountedWalk<long>(2, listing.FetchAsync, id => id);

        // 3 was missed; three ids were seen and three are counted.
        Assert.Equal([1, 2, 4], await ReadAsync(walk, parallelism: 1));
        Assert.False(walk.Result.IsComplete);
    }

    [Fact]
    public async Task PagesAsync_PageIsEmptyInTheMiddle_GoesOn()
    {
        // Hidden rows are cut from the page that they fall on.
        var walk = new CountedWalk<long>(
            2, (page, _) => Task.FromResult(new CountedPage<long>(page is 2 or > 3 ? [] : [page * 10L, (page * 10L) + 1], 6)), id => id);

        Assert.Equal([10, 11, 30, 31], await ReadAsync(walk, parallelism: 2));
        Assert.Equal(new WalkResult(4, 6, 6), walk.Result);
    }

    [Fact]
    public async Task PagesAsync_APageFails_ThrowsThatAndLeavesNothingRunning()
    {
        var running = 0;
        var walk = new CountedWalk<long>(1, FetchAsync, id => id);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(walk, parallelism: 4));

        Assert.Equal("page 2", failure.Message);
        Assert.Equal(0, Volatile.Read(ref running));

        async Task<CountedPage<long>> FetchAsync(int page, CancellationToken cancellationToken)
        {
            if (page == 2)
            {
                throw new InvalidOperationException("page 2");
            }

            Interlocked.Increment(ref running);
            try
            {
                // Pages beyond the second come only when they are given up.
                if (page > 2)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }

                return new([page], 5);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }
    }

    [Fact]
    public async Task PagesAsync_ReaderLeaves_CancelsWhatIsUnderWay()
    {
        var cancelled = new TaskCompletionSource();
        var walk = new CountedWalk<long>(1, FetchAsync, id => id);

        var read = 0;
        await foreach (var _ in walk.PagesAsync(parallelism: 2, Cancellation))
        {
            if (++read == 2)
            {
                break;
            }
        }

        await cancelled.Task.WaitAsync(Cancellation);

        async Task<CountedPage<long>> FetchAsync(int page, CancellationToken cancellationToken)
        {
            if (page == 3)
            {
                await using var registration = cancellationToken.Register(cancelled.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return new([page], 3);
        }
    }

    private static async Task<List<long>> ReadAsync(CountedWalk<long> walk, int parallelism)
    {
        var rows = new List<long>();
        await foreach (var page in walk.PagesAsync(parallelism, Cancellation))
        {
            rows.AddRange(page);
        }

        return rows;
    }

    /// <summary>A list that is paged by offset and may change before each page.</summary>
    private sealed class Listing(List<long> rows, int size)
    {
        private readonly Lock _gate = new();
        private int _running;

        public Action<int> BeforeFetch { get; init; } = _ => { };

        public List<int> Fetched { get; } = [];

        public int MostAtOnce { get; private set; }

        public async Task<CountedPage<long>> FetchAsync(int page, CancellationToken cancellationToken)
        {
            CountedPage<long> answer;
            lock (_gate)
            {
                Fetched.Add(page);
                MostAtOnce = Math.Max(MostAtOnce, ++_running);
                BeforeFetch(Fetched.Count);
                answer = new([.. rows.Skip((page - 1) * size).Take(size)], rows.Count);
            }

            await Task.Yield();
            lock (_gate)
            {
                _running--;
            }

            return answer;
        }
    }
}
