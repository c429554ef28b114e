using Baton.Sdk.Connectors;

namespace Baton.Sdk.Tests.Sync;

/// <summary>Listings of a scripted connector.</summary>
internal static class Pages
{
    public static IAsyncEnumerable<Page<T>> None<T>() => AsyncEnumerable.Empty<Page<T>>();

    /// <summary>One page without a token.</summary>
    public static IAsyncEnumerable<Page<T>> Of<T>(params T[] items) => Each(new Page<T>(items));

    public static IAsyncEnumerable<Page<T>> Each<T>(params Page<T>[] pages) => pages.ToAsyncEnumerable();

    /// <summary>A page an item, with the numbers of the pages for tokens, from the one that is asked for.</summary>
    public static IAsyncEnumerable<Page<T>> Numbered<T>(PageRequest request, params T[] items)
    {
        var first = request.Token.Length > 0 ? int.Parse(request.Token, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return Each([.. items.Skip(first).Select((item, i) => Page(item, first + i + 1, items.Length))]);
    }

    public static IAsyncEnumerable<Page<T>> Failing<T>(Exception failure, params T[] itemsBefore)
        => itemsBefore.Select(item => new Page<T>([item])).ToAsyncEnumerable().Concat(Throw<T>(failure));

    private static Page<T> Page<T>(T item, int next, int count) => new([item]) { NextToken = next < count ? $"{next}" : "" };

    private static async IAsyncEnumerable<Page<T>> Throw<T>(Exception failure)
    {
        await Task.Yield();
        throw failure;
#pragma warning disable CS0162 // Makes an iterator of it.
        yield break;
#pragma warning restore CS0162
    }
}
