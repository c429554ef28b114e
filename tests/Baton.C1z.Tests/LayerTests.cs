using Baton.Testing.Layers;

namespace Baton.C1z.Tests;

/// <summary>The format lies over the database, and the container and the other engine beside it; only the file itself knows them all.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(C1zFile).Assembly, "Baton.C1z")
            .Projects("Baton.Protocol")
            .Folder(LayerTable.Root, "Container", "Pebble", "Reading", "Schema", "Sqlite", "Syncs", "Writing")
            .Folder("Container", LayerTable.Root)
            .Folder("Merging", LayerTable.Root, "Rows", "Schema", "Sqlite", "Syncs", "Writing")
            .Folder("Pebble", "Container", LayerTable.Root, "Rows", "Schema", "Sqlite", "Syncs", "Writing")
            .Folder("Reading", LayerTable.Root, "Rows", "Sqlite", "Syncs")
            .Folder("Rows", "Schema", "Sqlite")
            .Folder("Schema", "Rows", "Sqlite")
            .Folder("Sorting", "Container", LayerTable.Root, "Sqlite")
            .Folder("Sqlite")
            .Folder("Syncs", LayerTable.Root, "Schema", "Sqlite")
            .Folder("Writing", "Reading", LayerTable.Root, "Rows", "Schema", "Sqlite", "Syncs")
            .Problems());
}
