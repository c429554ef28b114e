using System.Text.RegularExpressions;

namespace Baton.Sdk.Tests;

/// <summary>The folders of the SDK use each other as docs/architecture.md says.</summary>
public sealed partial class LayerTests
{
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Telemetry"] = [],
        ["Connectors"] = ["Telemetry"],
        ["Http"] = ["Connectors", "Telemetry"],
        ["Expansion"] = ["Connectors", "Sync"],
        ["Sync"] = ["Connectors", "Expansion", "Telemetry"],
        ["Provisioning"] = ["Connectors"],
        ["Settings"] = [],
        ["Logging"] = [],
        ["Tasks"] = ["Connectors", "Http", "Sync", "Provisioning", "Telemetry"],
        ["Hosting"] = ["Connectors", "Http", "Sync", "Provisioning", "Tasks", "Settings", "Logging", "Telemetry"],
    };

    public static TheoryData<string> Folders() => [.. Directory.EnumerateDirectories(SourceFolder()).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Uses_OnlyWhatItMay(string folder)
    {
        var used = Directory.EnumerateFiles(Path.Combine(SourceFolder(), folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => UsedFolder().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => name != folder)
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(used.Except(MayUse[folder], StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_AreThoseOfTheMap() => Assert.Equal(MayUse.Keys.Order(StringComparer.Ordinal), Folders().Select(row => row.Data).Order(StringComparer.Ordinal));

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Baton.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Baton.slnx is in no folder above the tests.");
        }

        return Path.Combine(folder.FullName, "src", "Baton.Sdk");
    }

    [GeneratedRegex(@"\bBaton\.Sdk\.(\w+)")]
    private static partial Regex UsedFolder();
}
