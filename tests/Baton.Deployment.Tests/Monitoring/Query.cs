using System.Text.RegularExpressions;

namespace Baton.Deployment.Tests.Monitoring;

/// <summary>The names that a query in PromQL uses. No parser of the language, but everything that could be a name is taken for one.</summary>
internal sealed partial record Query(IReadOnlyList<string> Metrics, IReadOnlyList<string> Labels, IReadOnlyList<(string Label, string Value)> Values)
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "and", "or", "unless", "offset", "bool", "on", "ignoring", "group_left", "group_right", "by", "without" };

    public static Query Read(string text)
    {
        var labels = new List<string>();
        var values = new List<(string, string)>();
        var rest = Selector().Replace(text, selector =>
        {
            foreach (Match matcher in Matcher().Matches(selector.Value))
            {
                labels.Add(matcher.Groups["label"].Value);
                values.Add((matcher.Groups["label"].Value, matcher.Groups["value"].Value));
            }

            return " ";
        });
        rest = Grouping().Replace(rest, grouping =>
        {
            labels.AddRange(grouping.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            return " ";
        });
        rest = Duration().Replace(rest, " ");
        var metrics = Name().Matches(rest).Select(match => match.Value).Where(name => !Words.Contains(name)).ToList();
        return new(metrics, labels, values);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex("""(?<label>[a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*"(?<value>[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]|\boffset\s+\w+")]
    private static partial Regex Duration();

    // What is followed by a bracket is a function.
    [GeneratedRegex(@"\b[a-zA-Z_][a-zA-Z0-9_]*\b(?!\s*\()")]
    private static partial Regex Name();
}
