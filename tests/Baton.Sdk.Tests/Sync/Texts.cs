namespace Baton.Sdk.Tests.Sync;

internal static class Texts
{
    /// <summary>In the order of their characters, where it does not matter in which they came.</summary>
    public static string[] Sorted(this IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}
