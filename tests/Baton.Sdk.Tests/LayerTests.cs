using Baton.Sdk.Hosting;
using Baton.Testing.Layers;

namespace Baton.Sdk.Tests;

/// <summary>The folders of the SDK refer to each other as docs/architecture.md says.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(ConnectorHost).Assembly, "Baton.Sdk")
            .Projects("Baton.Protocol", "Baton.C1z", "Baton.CommandLine", "Baton.Configuration", "Baton.Credentials")
            .Folder("Telemetry")
            .Folder("Connectors", "Telemetry")
            .Folder("Http", "Connectors", "Telemetry")
            .Folder("Expansion", "Connectors", "Sync")
            .Folder("Sync", "Connectors", "Expansion", "Telemetry")
            .Folder("Provisioning", "Connectors")
            .Folder("Settings", "Http")
            .Folder("Logging")
            .Folder("Tasks", "Connectors", "Http", "Sync", "Provisioning", "Telemetry")
            .Folder("Hosting", "Connectors", "Http", "Sync", "Provisioning", "Tasks", "Settings", "Logging", "Telemetry")
            .Problems());
}
