using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync;

/// <summary>Listings as the engine reads them.</summary>
internal static class PageStream
{
    /// <summary>How many pages may wait to be written. Enough to overlap, too little to pile up.</summary>
    private const int PagesAhead = 2;

    /// <summary>
    /// Fetches the next page while the last one is being written, and refuses a listing that does not move.
    /// </summary>
    /// <param name="what">The listing in an error text, for example <c>listing resources</c>.</param>
    public static async IAsyncEnumerable<Page<T>> ReadAheadAsync<T>(
        this IAsyncEnumerable<Page<T>> pages, string token, string what, [EnumeratorCancellation] CancellationToken cancellationToken)
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
                    throw new ConnectorException(StatusCode.Internal, $"{what} failed: next page token unchanged (token={token}) - likely a connector bug");
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
            await foreach (var page in pages.WithCancellation(cancellationToken))
            {
                await ahead.WriteAsync(page, cancellationToken);
            }

            ahead.TryComplete();
        }
        catch (Exception failure)
        {
            ahead.TryComplete(failure);
        }
    }
}
