using Baton.Testing.Layers;

namespace Baton.Grafana.Tests;

/// <summary>Each thing of Grafana's is one folder with what is done to it; only the project's own namespace knows them all.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_ReferToEachOther_AsTheMapSays() => Assert.Empty(
        new LayerTable(typeof(GrafanaConnector).Assembly, "Baton.Grafana")
            .Projects("Baton.Configuration", "Baton.Protocol", "Baton.Sdk")
            .Folder(LayerTable.Root, "Accounts", "Administrators", "Api", "Doctor", "Invitations", "Memberships", "Organizations", "Permissions", "Roles", "Servers", "ServiceAccounts", "Teams")
            .Folder("Accounts", "Administrators", "Api", "Listings", "Memberships", "Organizations", "Permissions", "Servers")
            .Folder("Administrators", "Accounts", "Api", "Memberships", "Permissions", "Servers")
            .Folder("Api")
            .Folder("Doctor", "Api", "Permissions", LayerTable.Root)
            .Folder("Invitations", "Accounts", "Api", "Memberships", "Organizations", "Permissions", "Servers")
            .Folder("Listings")
            .Folder("Memberships", "Accounts", "Api", "Listings", "Organizations", "Servers")
            .Folder("Organizations", "Accounts", "Api", "Listings", "Memberships", "Permissions", "Servers")
            .Folder("Permissions", "Api")
            .Folder("Roles", "Accounts", "Api", "Listings", "Memberships", "Organizations", "Permissions", "Servers", "ServiceAccounts", "Teams")
            .Folder("Servers", "Api")
            .Folder("ServiceAccounts", "Api", "Listings", "Memberships", "Organizations", "Permissions", LayerTable.Root, "Servers")
            .Folder("Teams", "Accounts", "Administrators", "Api", "Listings", "Memberships", "Organizations", "Permissions", "Servers", "ServiceAccounts")
            .Problems());
}
