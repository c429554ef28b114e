using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Names;

public sealed class PathTests
{
    private static readonly string[] Folders = ["src/", "tests/", "docs/", "eng/", "demo/", "bench/", "deploy/", "samples/", "proto/", ".ci/"];

    [Fact]
    public void Pages_PathsOfTheRepository_AreThere()
    {
        var gone = (from page in DocumentPage.All
                    from span in page.CodeSpans
                    where Folders.Any(folder => span.StartsWith(folder, StringComparison.Ordinal))
                    from path in Expand(span.Split(' ', ':', '<', '*')[0])
                    where !Repository.Has(path)
                    select $"{page}: {path}").ToList();

        Assert.True(gone.Count == 0, $"not in the repository:\n   {string.Join("\n   ", gone)}");
    }

    // src/{A,B}/C is two paths.
    private static IEnumerable<string> Expand(string path)
    {
        var (open, close) = (path.IndexOf('{'), path.IndexOf('}'));
        return open < 0 || close < open
            ? [path]
            : path[(open + 1)..close].Split(',').Select(part => path[..open] + part + path[(close + 1)..]);
    }
}
