using System.Text.RegularExpressions;

namespace Baton.Documentation.Tests.Pages;

/// <summary>A page in Markdown, taken apart as far as the tests look into it.</summary>
internal sealed partial class DocumentPage
{
    private DocumentPage(string path, string text)
    {
        Path = path;
        Text = text;
        var prose = new List<string>();
        var blocks = new List<CodeBlock>();
        (string Info, int Line, List<string> Lines)? open = null;
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index];
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                (open?.Lines ?? prose).Add(line);
            }
            else if (open is { } block)
            {
                var words = block.Info.Split(' ', 2, StringSplitOptions.TrimEntries);
                blocks.Add(new(words[0], words.ElementAtOrDefault(1) ?? "", string.Join('\n', block.Lines), $"{path}:{block.Line}"));
                open = null;
            }
            else
            {
                open = (line.Trim()[3..], index + 1, []);
            }
        }

        Assert.True(open is null, $"{path} has a code block that is never closed");
        (Prose, Blocks) = (prose, blocks);
    }

    /// <summary>README, CONTRIBUTING, everything below docs, and the report of the benchmarks.</summary>
    public static IReadOnlyList<DocumentPage> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "bench/REPORT.md" }
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
                .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path)))
            .Where(Repository.Has)
            .Order(StringComparer.Ordinal)
            .Select(path => new DocumentPage(path, File.ReadAllText(Repository.PathOf(path)))),
    ];

    /// <summary>From the root of the repository.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The lines outside of code blocks.</summary>
    public IReadOnlyList<string> Prose { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>What stands between backticks in the prose.</summary>
    public IEnumerable<string> CodeSpans => Prose.SelectMany(line => CodeSpan().Matches(line)).Select(match => match.Groups["code"].Value);

    /// <summary>Where links lead, as they are written.</summary>
    public IEnumerable<string> Links => Prose.SelectMany(line => Link().Matches(CodeSpan().Replace(line, "code"))).Select(match => match.Groups["target"].Value);

    /// <summary>What a link can name behind <c>#</c>, by the rules of the sites that show the pages.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var heading in Prose.Where(line => line.StartsWith('#')))
            {
                var text = heading.TrimStart('#').Trim().ToLowerInvariant();
                var anchor = string.Concat(text.Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-');
                for (var again = 1; !anchors.Add(again == 1 ? anchor : $"{anchor}-{again - 1}"); again++)
                {
                }
            }

            return anchors;
        }
    }

    public override string ToString() => Path;

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
