using System.Runtime.CompilerServices;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Grpc.Core;

namespace Baton.Sdk.Tests.Sync;

public sealed class PageStreamTests
{
    private static readonly Listing Things = new("listing things");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAheadAsync_PageIsBeingWritten_FetchesTheNext()
    {
        var pages = new CountedPages();
        await using var reading = pages.List(total: 3, Cancellation).ReadAheadAsync("", Things, Cancellation).GetAsyncEnumerator(Cancellation);
        await reading.MoveNextAsync();

        // The reader does not move from the first page; that the second comes is what is waited for.
        await pages.Fetched(2);

        Assert.Equal([1], reading.Current.Items);
    }

    [Fact]
    public async Task ReadAheadAsync_SlowWriter_HasTwoPagesAheadAndNoMore()
    {
        var pages = new CountedPages();
        await using var reading = pages.List(total: 10, Cancellation).ReadAheadAsync("", Things, Cancellation).GetAsyncEnumerator(Cancellation);

        for (var written = 1; written <= 8; written++)
        {
            await reading.MoveNextAsync();
            await pages.Fetched(written + 2);
            await pages.Settled();
            Assert.Equal(written + 2, pages.Count);
        }
    }

    [Fact]
    public async Task ReadAheadAsync_LongListing_HoldsFewPages()
    {
        var made = new List<WeakReference>();
        var read = 0;
        await foreach (var page in Large(made, total: 100).ReadAheadAsync("", Things, Cancellation))
        {
            read++;
            Assert.Equal(1 << 20, page.Items[0].Length);
            if (read == 90)
            {
                Assert.InRange(Living(made), 1, 8);
            }
        }

        Assert.Equal(100, read);
    }

    [Theory]
    [InlineData("", "a", "a")]
    [InlineData("a", "a", "")]
    [InlineData("", "a", "", "a")]
    public async Task ReadAheadAsync_TokenUnchanged_Fails(string start, params string[] tokens)
    {
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => ReadAsync(start, tokens));

        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.Equal("listing things failed: next page token unchanged - likely a connector bug", failure.Message);
    }

    [Fact]
    public async Task ReadAheadAsync_TokensChange_ReadsAll()
    {
        Assert.Equal(["a", "b", "", "a", ""], await ReadAsync("", "a", "b", "", "a", ""));
    }

    [Fact]
    public void TokenUnchanged_WithSubject_NamesIt()
    {
        Assert.Equal(
            "listing resources failed: next page token unchanged (token=t, type=user, parent=org:1) - likely a connector bug",
            new Listing("listing resources", "type=user, parent=org:1").TokenUnchanged("t"));
    }

    [Fact]
    public async Task ReadAheadAsync_ListingFails_GivesThePagesBeforeIt()
    {
        var read = new List<int>();

        var failure = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await foreach (var page in Pages.Failing(new ConnectorException(StatusCode.Aborted, "broken"), 1, 2).ReadAheadAsync("", Things, Cancellation))
            {
                read.AddRange(page.Items);
            }
        });

        Assert.Equal("broken", failure.Message);
        Assert.Equal([1, 2], read);
    }

    [Fact]
    public async Task ReadAheadAsync_ReaderLeaves_EndsTheListing()
    {
        var pages = new CountedPages();

        await foreach (var _ in pages.List(total: int.MaxValue, Cancellation).ReadAheadAsync("", Things, Cancellation))
        {
            break;
        }

        Assert.True(pages.Ended);
    }

    [Fact]
    public async Task ReadAheadAsync_Cancelled_Ends()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var pages = new CountedPages();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in pages.List(total: int.MaxValue, Cancellation).ReadAheadAsync("", Things, stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.True(pages.Ended);
    }

    private static async Task<List<string>> ReadAsync(string start, params string[] tokens)
    {
        var read = new List<string>();
        var pages = tokens.Select(token => new Page<int>([]) { NextToken = token }).ToAsyncEnumerable();
        await foreach (var page in pages.ReadAheadAsync(start, Things, Cancellation))
        {
            read.Add(page.NextToken);
        }

        return read;
    }

    private static async IAsyncEnumerable<Page<byte[]>> Large(List<WeakReference> made, int total)
    {
        for (var i = 0; i < total; i++)
        {
            await Task.Yield();
            yield return Remembered(made);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Page<byte[]> Remembered(List<WeakReference> made)
    {
        var page = new Page<byte[]>([new byte[1 << 20]]);
        lock (made)
        {
            made.Add(new WeakReference(page));
        }

        return page;
    }

    private static int Living(List<WeakReference> made)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        lock (made)
        {
            return made.Count(page => page.IsAlive);
        }
    }

    /// <summary>Pages that count themselves as they are fetched.</summary>
    private sealed class CountedPages
    {
        private readonly Lock _gate = new();
        private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

        public int Count { get; private set; }

        public bool Ended { get; private set; }

        public Task Fetched(int count)
        {
            lock (_gate)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Count >= count)
                {
                    reached.SetResult();
                }

                _waiting.Add((count, reached));
                return reached.Task;
            }
        }

        /// <summary>Gives a fetcher that may run the time to run: it would take one of so many turns.</summary>
        public async Task Settled()
        {
            for (var i = 0; i < 50; i++)
            {
                await Task.Yield();
            }
        }

        public async IAsyncEnumerable<Page<int>> List(int total, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                for (var i = 1; i <= total; i++)
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    Add();
                    yield return new Page<int>([i]);
                }
            }
            finally
            {
                Ended = true;
            }
        }

        private void Add()
        {
            lock (_gate)
            {
                Count++;
                foreach (var (count, reached) in _waiting.Where(waiting => waiting.Count <= Count))
                {
                    reached.TrySetResult();
                }
            }
        }
    }
}
