using Baton.Testing.Layers;

namespace Baton.Cli.Tests;

/// <summary>What is written knows nothing of what is read, and no command knows the explorer.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(BatonProgram).Assembly, "Baton.Cli")
            .Projects("Baton.C1z", "Baton.CommandLine", "Baton.Configuration", "Baton.Evidence", "Baton.Protocol")
            .Folder(LayerTable.Root, "Commands", "Explorer", "Output")
            .Folder("Commands", "Files", "Output", LayerTable.Root)
            .Folder("Explorer", "Commands", "Files", "Output", LayerTable.Root)
            .Folder("Files", LayerTable.Root)
            .Folder("Output", LayerTable.Root)
            .Problems());
}
