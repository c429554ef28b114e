using Baton.Testing.Layers;

namespace Baton.Credentials.Tests;

/// <summary>Nothing of ours is below credentials, and what seals knows nothing of whom it is for.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(ClientSecret).Assembly, "Baton.Credentials")
            .Projects()
            .Folder(LayerTable.Root, "Age", "Jose")
            .Folder("Age", LayerTable.Root)
            .Folder("Jose", LayerTable.Root)
            .Problems());
}
