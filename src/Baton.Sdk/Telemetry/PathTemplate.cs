namespace Baton.Sdk.Telemetry;

/// <summary>A request's path without what it is about, so that it names no one and there are few of them.</summary>
internal static class PathTemplate
{
    private const int LongestWord = 24;

    /// <summary>Segments that are not plain words become <c>{id}</c>. The query is not part of it.</summary>
    public static string Of(Uri address) => string.Join('/', address.AbsolutePath.Split('/').Select(segment => IsWord(segment) ? segment : "{id}"));

    private static bool IsWord(string segment) => segment.Length <= LongestWord && segment.All(one => char.IsAsciiLetterLower(one) || one == '-');
}
