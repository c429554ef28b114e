using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Names;

public sealed class LinkTests
{
    [Fact]
    public void Links_WithinTheRepository_LeadSomewhere()
    {
        var broken = (from page in DocumentPage.All
                      from link in page.Links
                      where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal) && !Leads(page, link)
                      select $"{page}: {link}").ToList();

        Assert.True(broken.Count == 0, $"links that lead nowhere:\n   {string.Join("\n   ", broken)}");
    }

    [Fact]
    public void Index_Pages_AreAllLedTo()
    {
        var led = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<string>(["docs/index.md"]);
        while (ahead.TryDequeue(out var path))
        {
            if (led.Add(path) && DocumentPage.All.FirstOrDefault(page => page.Path == path) is { } page)
            {
                // The index itself leads to every page, but for what a page has below it.
                foreach (var link in page.Links.Where(link => path == "docs/index.md" || !path.StartsWith("docs/", StringComparison.Ordinal) || path.Contains("/decisions/", StringComparison.Ordinal)))
                {
                    ahead.Enqueue(Target(page, link).Path);
                }
            }
        }

        var folder = Repository.PathOf("docs/decisions");
        var lost = DocumentPage.All.Select(page => page.Path)
            .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && !Repository.PathOf(path).StartsWith(folder, StringComparison.Ordinal))
            .Where(path => !led.Contains(path)).ToList();
        Assert.True(lost.Count == 0, $"docs/index.md does not lead to {string.Join(", ", lost)}");
    }

    private static bool Leads(DocumentPage page, string link)
    {
        var (path, anchor) = Target(page, link);
        return Repository.Has(path)
            && (anchor.Length == 0 || DocumentPage.All.FirstOrDefault(other => other.Path == path) is not { } target || target.Anchors.Contains(anchor));
    }

    private static (string Path, string Anchor) Target(DocumentPage page, string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(page.Path))!, parts[0])));
        return (path, parts.ElementAtOrDefault(1) ?? "");
    }
}
