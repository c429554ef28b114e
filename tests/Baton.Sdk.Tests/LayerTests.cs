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
        ["Settings"] = ["Http"],
        ["Logging"] = [],
        ["Tasks"] = ["Connectors", "Http", "Sync", "Provisioning", "Telemetry"],
        ["Hosting"] = ["Connectors", "Http", "Sync", "Provisioning", "Tasks", "Settings", "Logging", "Telemetry"],
    };

    public static TheoryData<string> Folders() => [.. Directory.EnumerateDirectories(Repository.PathOf("src", "Baton.Sdk")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Uses_OnlyWhatItMay(string folder)
    {
        var used = Repository.Sources($"src/Baton.Sdk/{folder}")
            .SelectMany(file => UsedFolder().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => name != folder)
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(used.Except(MayUse[folder], StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_AreThoseOfTheMap() => Assert.Equal(MayUse.Keys.Order(StringComparer.Ordinal), Folders().Select(row => row.Data).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\bBaton\.Sdk\.(\w+)")]
    private static partial Regex UsedFolder();
}
