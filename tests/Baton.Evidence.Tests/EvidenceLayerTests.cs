using Baton.Testing.Layers;

namespace Baton.Evidence.Tests;

/// <summary>The folders of the library use each other as docs/architecture.md says. It knows no command line: the server stands on it as well.</summary>
public sealed class EvidenceLayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(EvidenceOptions).Assembly, "Baton.Evidence")
            .Projects("Baton.C1z", "Baton.Protocol")
            .Folder(LayerTable.Root, "Access", "Accounts")
            .Folder("Access", "Accounts", "Findings", "Reading", LayerTable.Root)
            .Folder("Accounts", "Access", "Findings", "Reading", LayerTable.Root, "Sheets")
            .Folder("Changes", "Access", "Accounts", "Reading", LayerTable.Root, "Sheets", "Sorting")
            .Folder("Checks", "Accounts", "Reading")
            .Folder("Exports", "Access", "Accounts", "Reading", "Sheets")
            .Folder("Findings", "Access", "Accounts", "Changes", LayerTable.Root, "Sheets")
            .Folder("Lists", "Access", "Accounts", "Findings", "Reading", "Sheets")
            .Folder("Reading", LayerTable.Root)
            .Folder("Review", "Access", "Accounts", "Changes", "Findings", "Reading", LayerTable.Root, "Sheets")
            .Folder("Sheets", LayerTable.Root)
            .Folder("Sorting", "Sheets")
            .Problems());

    // What the server stands on as well must not speak to a terminal either.
    [Fact]
    public void Library_WritesToNoConsole()
        => Assert.DoesNotContain(
            Directory.EnumerateFiles(Repository.PathOf("src", "Baton.Evidence"), "*.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("Console.", StringComparison.Ordinal));
}
