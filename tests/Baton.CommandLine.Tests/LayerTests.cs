using Baton.Testing.Layers;

namespace Baton.CommandLine.Tests;

/// <summary>Nothing of ours is below the command line, and what parses, helps and completes does not know each other.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(CommandDefinition).Assembly, "Baton.CommandLine")
            .Projects()
            .Folder(LayerTable.Root, "Completion", "Help", "Manual", "Parsing", "Values")
            .Folder("Completion", LayerTable.Root)
            .Folder("Help", LayerTable.Root)
            .Folder("Manual", LayerTable.Root)
            .Folder("Parsing", LayerTable.Root, "Values")
            .Folder("Values")
            .Problems());
}
