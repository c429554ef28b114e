using Baton.Sdk.Connectors;

namespace Baton.Grafana.Tests;

internal static class CollectedPages
{
    extension<T>(IAsyncEnumerable<Page<T>> pages)
    {
        /// <summary>A listing to its end.</summary>
        public async Task<List<T>> ReadAsync()
        {
            var items = new List<T>();
            await foreach (var page in pages)
            {
                items.AddRange(page.Items);
            }

            return items;
        }
    }
}
