using System.Text.RegularExpressions;

namespace Baton.Documentation.Tests.Names;

/// <summary>The map in docs/architecture.md: what each of its rows names is there, and every folder of the source is found from it.</summary>
public sealed partial class MapTests
{
    private static readonly IReadOnlyList<(string Sought, IReadOnlyList<string> Places)> Rows = [.. ReadRows()];

    private static readonly IReadOnlySet<string> Folders = new[] { "src", "tests" }
        .SelectMany(root => Directory.EnumerateDirectories(Repository.PathOf(root), "*", SearchOption.AllDirectories))
        .Select(folder => Path.GetRelativePath(Repository.Root, folder))
        .ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Rows_WhatTheyName_IsThere()
    {
        var sources = string.Join('\n', new[] { "src", "tests" }.SelectMany(Repository.Sources).Select(File.ReadAllText));
        var types = TypeDeclaration().Matches(sources).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(Rows.Count > 60, $"only {Rows.Count} rows were found");
        Assert.All(Rows, row => Assert.True(row.Places.Count > 0, $"{row.Sought}: no place is named"));
        var gone = Rows.SelectMany(row => row.Places.Where(place => !IsThere(place, types)).Select(place => $"{row.Sought}: {place}")).ToList();
        Assert.True(gone.Count == 0, $"not in the repository:\n   {string.Join("\n   ", gone)}");
    }

    [Fact]
    public void Folders_OfTheSource_AreFoundFromARow()
    {
        var named = Rows.SelectMany(row => row.Places).ToList();
        var unnamed = Folders.Where(folder => folder.Split('/') is ["src", _, _])
            .Where(folder => !named.Any(place => place == folder || place.StartsWith(folder + "/", StringComparison.Ordinal) || folder.StartsWith(place + "/", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.True(unnamed.Count == 0, $"no row leads to:\n   {string.Join("\n   ", unnamed)}");
    }

    private static IEnumerable<(string Sought, IReadOnlyList<string> Places)> ReadRows()
        => from line in File.ReadLines(Repository.PathOf("docs", "architecture.md"))
           where line.StartsWith("| ", StringComparison.Ordinal)
           let cells = line.Split(" | ", 2)
           where cells.Length == 2 && cells[0] != "| you look for"
           select (cells[0][2..], (IReadOnlyList<string>)[.. CodeSpan().Matches(cells[1]).SelectMany(span => Expand(span.Groups["code"].Value.TrimEnd('/')))]);

    // src/{A,B}/C is two places.
    private static IEnumerable<string> Expand(string path)
        => Braces().Match(path) is { Success: true } braces
            ? braces.Groups["parts"].Value.Split(',').Select(part => path[..braces.Index] + part + path[(braces.Index + braces.Length)..])
            : [path];

    // A path from the root or below the folder that the row named before, every file of a name, a type, or a member of one.
    private static bool IsThere(string place, HashSet<string> types) => place switch
    {
        _ when place.StartsWith('*') => Repository.Sources("src").Any(path => path.EndsWith(place[1..], StringComparison.Ordinal)),
        _ when Repository.Has(place) => true,
        _ when Folders.Any(folder => folder.EndsWith("/" + place, StringComparison.Ordinal)) => true,
        _ => types.Contains(place.Split('.')[0]) && place.Count(character => character == '.') <= 1,
    };

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\{(?<parts>[^}]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Braces();

    [GeneratedRegex(@"^\s*(?:[a-z]+ )*(?:class|struct|interface|enum|record)\s+(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
