using Baton.Testing.Layers;

namespace Baton.Configuration.Tests;

/// <summary>Where values come from, what is wrong with them and what hides them are three things that do not know each other.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(ConfigurationDefinition).Assembly, "Baton.Configuration")
            .Projects("Baton.CommandLine")
            .Folder(LayerTable.Root, "Secrets", "Sources", "Validation")
            .Folder("Secrets", LayerTable.Root)
            .Folder("Sources", LayerTable.Root)
            .Folder("Validation", LayerTable.Root)
            .Problems());
}
