using System.Globalization;
using System.Text.RegularExpressions;

namespace Baton.Documentation.Tests.Names;

/// <summary>A log event is told from another by its id, whatever its text becomes.</summary>
public sealed partial class LogEventTests
{
    private static readonly IReadOnlyList<(int Id, bool IsPodium, string Place)> Events =
    [
        .. from path in Repository.Sources("src")
           from Match attribute in Attribute().Matches(File.ReadAllText(path))
           select (Id(attribute.Groups["arguments"].Value), path.Contains("src/Podium/", StringComparison.Ordinal), $"{Path.GetFileName(path)}: {attribute.Groups["arguments"].Value}"),
    ];

    [Fact]
    public void Events_EachHasAnIdOfItsOwn()
    {
        Assert.True(Events.Count > 50, $"Only {Events.Count} events were found: are they written in another way now?");
        Assert.All(Events, found => Assert.True(found.Id > 0, $"{found.Place} has no EventId."));

        // The server and the connector never write one log.
        var shared = Events.GroupBy(found => (found.Id, found.IsPodium)).Where(group => group.Count() > 1).Select(group => string.Join(" | ", group.Select(found => found.Place)));
        Assert.Empty(shared);
    }

    private static int Id(string arguments)
        => EventId().Match(arguments) is { Success: true } match ? int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\[LoggerMessage\((?<arguments>.*?)\)\]", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"EventId = (?<id>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex EventId();
}
