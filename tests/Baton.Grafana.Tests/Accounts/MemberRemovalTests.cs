using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Deleting accounts with a token, which takes them out of its organization, and sometimes away altogether (D5, D18).</summary>
public sealed class MemberRemovalTests
{
    private const string Platform = "organization 2 (platform team)";

    public static TheoryData<string> Versions => ["6.5", "7.5", "9.4", "11.3", "13.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Delete_LastOrganization_SaysThatTheAccountIsDeleted(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version);
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);
        var change = new Change();

        var outcome = await rig.DeleteAsync(ada, change);

        Assert.False(rig.Grafana.HasUser(ada));
        Assert.Equal([$"DELETE /api/org/users/{ada}"], rig.Writes);
        Assert.StartsWith($"account {ada} (ada) is deleted; read back from Grafana ", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("Grafana deletes the account", Assert.Single(change.Effects), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Delete_OneOrganizationOfSeveral_SaysThatTheAccountStays(string version)
    {
        await using var rig = await AccountRig.WithTokenAsync(version);
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);

        var outcome = await rig.DeleteAsync(ada);

        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(1, ada));
        Assert.Null(rig.Grafana.RoleOf(2, ada));
        Assert.StartsWith($"ada is no longer a member of {Platform}; the account itself stays, because it belongs to other organizations; ", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", true)]
    [InlineData("6.5", false)]
    [InlineData("11.3", true)]
    [InlineData("11.3", false)]
    public async Task Delete_NoMember_IsASuccessWithoutARequest(string version, bool exists)
    {
        // Grafana would answer 500 to an unknown account, and "removed" to one of another organization.
        await using var rig = await AccountRig.WithTokenAsync(version);
        var id = 77L;
        if (exists)
        {
            rig.Grafana.AddMember(1, id = rig.Grafana.AddUser("ada"), GrafanaRole.Viewer);
        }

        var outcome = await rig.DeleteAsync(id);

        Assert.True(Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor));
        Assert.Equal($"account {id} is not a member of {Platform}", outcome.Summary);
        Assert.Empty(rig.Writes);
        Assert.Equal(exists, rig.Grafana.HasUser(id));
    }

    [Theory]
    [InlineData("6.5", false)]
    [InlineData("11.3", false)]
    [InlineData("11.3", true)]
    public async Task Delete_LastAdmin_IsRefusedWhateverIsAllowed(string version, bool isAllowed)
    {
        // Grafana itself refuses it here.
        await using var rig = await AccountRig.WithTokenAsync(version, policy: new() { AllowLastAdminRemoval = isAllowed });

        var refused = await rig.DeleteFailsAsync(rig.Boss);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.StartsWith($"grafana-connector: boss is the last Admin of {Platform}. It would have this effect: ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{Platform} is left without an Admin. Make somebody else Admin there first", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Delete_HiddenMember_IsNotTakenForAbsent()
    {
        // D43
        await using var rig = await AccountRig.WithTokenAsync(options: new FakeGrafanaOptions { HiddenUsers = ["ada"] });
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);

        var refused = await rig.DeleteFailsAsync(ada);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains($"the rest are hidden from it ([users] hidden_users), user {ada} perhaps among them", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Delete_BesideHiddenMembers_IsDoneAndSaidToBe()
    {
        // She was shown, so she is none of those who are not.
        await using var rig = await AccountRig.WithTokenAsync(options: new FakeGrafanaOptions { HiddenUsers = ["ghost"] });
        rig.Grafana.AddMember(2, rig.Grafana.AddUser("ghost"), GrafanaRole.Viewer);
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);

        Assert.StartsWith($"account {ada} (ada) is deleted", (await rig.DeleteAsync(ada)).Summary, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("504")]
    [InlineData("500")]
    public async Task Delete_AnswerIsLostAndGone_DoesNotGuessWhetherTheAccountIs(string answer)
    {
        await using var rig = await AccountRig.WithTokenAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);
        var fault = rig.Grafana.Faults.On("DELETE", "^/api/org/users/").AfterEffect();
        _ = int.TryParse(answer, out var status) ? fault.Respond(status) : fault.Reset();

        var outcome = await rig.DeleteAsync(ada);

        Assert.StartsWith(
            $"ada is no longer a member of {Platform}; whether Grafana deleted the account with its last membership is not known; ", outcome.Summary, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("reset", StatusCode.Unavailable, "; ada is still a member")]
    [InlineData("200", StatusCode.Aborted, "grafana-connector: cloud: Grafana said \"User deleted\", but ada is still a member")]
    [InlineData("403", StatusCode.PermissionDenied, "org.users:remove (scope users:*)")]
    [InlineData("500", StatusCode.Unavailable, "500: Injected 500; read back, nothing changed")]
    public async Task Delete_BadAnswerAndStillAMember_SaysSo(string answer, StatusCode code, string message)
    {
        await using var rig = await AccountRig.WithTokenAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);
        var fault = rig.Grafana.Faults.On("DELETE", "^/api/org/users/");
        _ = int.TryParse(answer, out var status) ? fault.Respond(status, status == 200 ? """{"message":"User deleted"}""" : null) : fault.Reset();

        var failed = await rig.DeleteFailsAsync(ada);

        Assert.Equal(code, failed.Code);
        Assert.EndsWith(message, failed.Message, StringComparison.Ordinal);
        Assert.True(rig.Grafana.HasUser(ada));
    }

    [Fact]
    public async Task Delete_Deprovisioning_IsRefusedSinceATokenCannot()
    {
        await using var rig = await AccountRig.WithTokenAsync(policy: new() { Deprovisioning = Deprovisioning.Disable });
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);

        var refused = await rig.DeleteFailsAsync(ada);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains("a token cannot disable accounts (--deprovision=disable); that takes a server administrator's username and password", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(2, ada));
    }
}
