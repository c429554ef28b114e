using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync;

/// <summary>Listings as the engine reads them.</summary>
internal static class PageStream
{
    /// <summary>How many pages may be under way or waiting beside the one that is being written. Enough to overlap, too little to pile up.</summary>
    private const int PagesAhead = 2;

    /// <summary>
    /// Fetches the next page while the last one is being written, and refuses a listing that does not move.
    /// </summary>
    public static async IAsyncEnumerable<Page<T>> ReadAheadAsync<T>(
        this IAsyncEnumerable<Page<T>> pages, string token, Listing listing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<Page<T>>(new BoundedChannelOptions(PagesAhead) { SingleReader = true, SingleWriter = true });
        var fetching = FetchAsync(pages, ahead.Writer, stop.Token);
        try
        {
            await foreach (var page in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                if (page.NextToken.Length > 0 && page.NextToken == token)
                {
                    throw new ConnectorException(StatusCode.Internal, listing.TokenUnchanged(token));
                }

                token = page.NextToken.Length > 0 ? page.NextToken : token;
                yield return page;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await fetching;
        }
    }

    // Never throws: a failure reaches the reader through the channel.
    private static async Task FetchAsync<T>(IAsyncEnumerable<Page<T>> pages, ChannelWriter<Page<T>> ahead, CancellationToken cancellationToken)
    {
        try
        {
            // A listing may work for long before its first await; the reader should not wait for that.
            await Task.Yield();
            await using (var listing = pages.GetAsyncEnumerator(cancellationToken))
            {
                // A page is asked for when there is room for it, not before: it may be large.
                while (await ahead.WaitToWriteAsync(cancellationToken) && await listing.MoveNextAsync())
                {
                    ahead.TryWrite(listing.Current);
                }
            }

            ahead.TryComplete();
        }
        catch (Exception failure)
        {
            ahead.TryComplete(failure);
        }
    }
}

/// <summary>A listing in the words of an error text.</summary>
/// <param name="Name">For example <c>listing resources</c>.</param>
/// <param name="Subject">What is listed, where the name does not say it.</param>
internal readonly record struct Listing(string Name, string? Subject = null)
{
    public string TokenUnchanged(string token)
    {
        var where = Subject is null ? "" : $" (token={token}, {Subject})";
        return $"{Name} failed: next page token unchanged{where} - likely a connector bug";
    }
}
