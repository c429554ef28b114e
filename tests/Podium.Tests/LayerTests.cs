using Baton.Testing.Layers;

namespace Podium.Tests;

/// <summary>
/// Features use each other, and Data and Inventory lie below them; Outbox knows the data alone, the wire only what it serves, and nobody but
/// Hosting knows the start page, the search and the wire. Whoever adds an arrow adds it here.
/// </summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(Refusal).Assembly, "Podium")
            .Projects("Baton.C1z", "Baton.CommandLine", "Baton.Configuration", "Baton.Credentials", "Baton.Evidence", "Baton.Protocol")
            .Folder(LayerTable.Root)
            .Folder("Data")
            .Folder("Inventory", "Audit", "Connectors", "Data")
            .Folder("Outbox", "Data")
            .Folder("Look", LayerTable.Root, "Api", "Data", "Inventory", "SignIn")
            .Folder("Api", LayerTable.Root, "Data", "Inventory", "People", "SignIn", "Tokens")
            .Folder("Audit", LayerTable.Root, "Api", "Data", "Hosting", "Look", "People")
            .Folder("People", "Api", "Audit", "Data", "Inventory", "Look", "SignIn")
            .Folder("SignIn", LayerTable.Root, "Api", "Audit", "Data", "Look", "People", "Tokens")
            .Folder("Tokens", "Connectors", "Data", "Freezing", "Hosting", "People")
            .Folder("Backups", LayerTable.Root, "Api", "Audit", "Data", "Freezing", "Hosting")
            .Folder("Freezing", LayerTable.Root, "Api", "Audit", "Connectors", "Data", "Hosting", "Look", "People", "SignIn", "Tokens")
            .Folder("Apps", LayerTable.Root, "Api", "Audit", "Connectors", "Data", "Inventory", "Look", "People", "SignIn")
            .Folder("Connectors", LayerTable.Root, "Api", "Apps", "Audit", "Data", "Freezing", "Hosting", "Inventory", "Look", "People", "SignIn", "Telemetry", "Tokens")
            .Folder("Home", "Apps", "Connectors", "Data", "Look", "People", "SignIn")
            .Folder("Search", "Api", "Apps", "Connectors", "Data", "Inventory", "Look", "People", "SignIn")
            .Folder("Wire", "AccessLog", "Audit", "Connectors", "Telemetry", "Tokens")
            .Folder("Telemetry", "Audit", "Backups", "Connectors", "Data", "Freezing", "Hosting", "Outbox")
            .Folder("AccessLog", "Data", "Hosting", "SignIn", "Telemetry")
            .Folder("Hosting", LayerTable.Root, "AccessLog", "Api", "Apps", "Audit", "Backups", "Connectors", "Data", "Freezing", "Home", "Inventory", "Look", "People", "Search", "SignIn", "Telemetry", "Tokens", "Wire")
            .Problems());
}
