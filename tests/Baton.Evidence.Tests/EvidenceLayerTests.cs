using System.Text.RegularExpressions;

namespace Baton.Evidence.Tests;

/// <summary>The folders of the library use each other as docs/architecture.md says.</summary>
public sealed partial class EvidenceLayerTests
{
    private static readonly string[] Model = ["Accounts", "Access", "Findings", "Changes", "Reading", "Sheets", "Sorting"];

    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Sheets"] = [],
        ["Sorting"] = ["Sheets"],
        ["Reading"] = [],
        ["Accounts"] = Model,
        ["Access"] = Model,
        ["Findings"] = Model,
        ["Changes"] = Model,
        ["Lists"] = Model,
        ["Exports"] = Model,
        ["Checks"] = Model,
        ["Review"] = Model,
    };

    public static TheoryData<string> Folders() => [.. Directory.EnumerateDirectories(SourceFolder).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("obj" or "bin"))];

    private static string SourceFolder => Repository.PathOf("src", "Baton.Evidence");

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Uses_OnlyWhatItMay(string folder)
    {
        var used = Directory.EnumerateFiles(Path.Combine(SourceFolder, folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => UsedFolder().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => name != folder)
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(used.Except(MayUse[folder], StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_AreThoseOfTheMap() => Assert.Equal(MayUse.Keys.Order(StringComparer.Ordinal), Folders().Select(row => row.Data).Order(StringComparer.Ordinal));

    // What the server stands on as well must not speak of a command line.
    [Fact]
    public void Library_KnowsNoCommandLine()
        => Assert.DoesNotContain(
            Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories), file => CommandLine().IsMatch(File.ReadAllText(file)));

    [GeneratedRegex(@"\bBaton\.Evidence\.(\w+)")]
    private static partial Regex UsedFolder();

    [GeneratedRegex(@"\bBaton\.(Cli|CommandLine)\b|\bConsole\.")]
    private static partial Regex CommandLine();
}
