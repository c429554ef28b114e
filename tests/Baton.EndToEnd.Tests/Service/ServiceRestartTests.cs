using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>What one process of a service leaves to the next: its temporary folder, which a container that is made anew does not have.</summary>
public sealed class ServiceRestartTests
{
    [Fact]
    public async Task Service_OrganizationIsClosedMeanwhile_IsAnErrorAlsoToAnotherProcess()
    {
        // A service keeps no file, so that it must remember what it has sent.
        await using var rig = await ServiceRig.StartAsync();
        var organization = rig.Grafana.AddOrganization("Ops");
        rig.Grafana.AddMember(organization, 1, GrafanaRole.Admin);
        rig.Grafana.AddTeam(organization, "SRE");
        var before = rig.AddSync();
        var first = rig.Run();
        Assert.True((await rig.EndOfAsync(before)).Succeeded);
        await ServiceRig.StopAsync(first);
        rig.Grafana.SetRole(organization, 1, GrafanaRole.Viewer);
        var after = rig.AddSync();

        var second = rig.Run();

        var end = await rig.EndOfAsync(after);
        Assert.Equal(7, end.Request!.Status.Code);
        Assert.Contains($"the teams of organization {organization} (Ops) cannot be read", end.Request.Status.Message, StringComparison.Ordinal);
        Assert.Contains("which would look deleted", end.Request.Status.Message, StringComparison.Ordinal);
        rig.Grafana.SetRole(organization, 1, GrafanaRole.Admin);
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        Assert.Empty(after.Uploads);
        Assert.Equal(0, (await ServiceRig.StopAsync(second)).ExitCode);
    }
}
