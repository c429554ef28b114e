using Baton.Grafana.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>The action <c>set_organization_role</c>, invoked as the platform does.</summary>
public sealed class RoleSettingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Access.Administrator, "6.5")]
    [InlineData(Access.Administrator, "12.1")]
    [InlineData(Access.Token, "12.1")]
    public async Task Invoke_ExpectedRole_IsChangedOnce(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Requests.Clear();

        Assert.Equal(("done", "Editor"), await InvokeAsync(rig, "Viewer", "Editor"));

        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Equal("PATCH", Assert.Single(rig.Grafana.Requests.Writes).Split(' ')[0]);
        Assert.Equal(("already", "Editor"), await InvokeAsync(rig, "Viewer", "Editor"));
        Assert.Single(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Invoke_AnotherRoleThanExpected_IsAConflictAndNothingIsWritten(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);
        rig.Grafana.Requests.Clear();

        Assert.Equal(("conflict", "Admin"), await InvokeAsync(rig, "Editor", "Viewer"));
        Assert.Equal(("conflict", "Admin"), await InvokeAsync(rig, "Editor", RoleSetting.NoMember));
        Assert.Equal(("conflict", "Admin"), await InvokeAsync(rig, RoleSetting.NoMember, "Viewer"));

        Assert.Equal(GrafanaRole.Admin, rig.Role);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Invoke_SomebodyElseIsFaster_IsAConflictWithWhatTheyGave()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "^/api/orgs").Once().Run(_ => rig.Grafana.SetRole(rig.Platform, rig.Ada, GrafanaRole.Admin));
        rig.Grafana.Faults.On("PATCH", "^/api/orgs").Once().Respond(500);

        Assert.Equal(("conflict", "Admin"), await InvokeAsync(rig, "Viewer", "Editor"));

        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Fact]
    public async Task Invoke_NoMembershipToOneAndBack_AddsAndRemoves()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);

        Assert.Equal(("done", "Editor"), await InvokeAsync(rig, RoleSetting.NoMember, "Editor"));
        Assert.Equal(GrafanaRole.Editor, rig.Role);
        Assert.Equal(("done", RoleSetting.NoMember), await InvokeAsync(rig, "Editor", RoleSetting.NoMember));
        Assert.Null(rig.Role);
        Assert.Equal(("already", RoleSetting.NoMember), await InvokeAsync(rig, "Editor", RoleSetting.NoMember));
    }

    [Fact]
    public async Task Invoke_WriteCarriedOutButAnswered503_IsDone()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("PATCH", "^/api/orgs").AfterEffect().Respond(503);

        Assert.Equal(("done", "Editor"), await InvokeAsync(rig, "Viewer", "Editor"));
    }

    [Theory]
    [InlineData("Owner", "Viewer", "expected is 'Owner'")]
    [InlineData("Viewer", "owner", "role is 'owner'")]
    [InlineData("Viewer", "Viewer", "expected and role are the same")]
    public async Task Invoke_NoRoles_SaysWhichThereAre(string expected, string role, string text)
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);

        var response = await RespondAsync(rig, expected, role);

        Assert.Equal(BatonActionStatus.Failed, response.Status);
        Assert.Contains(text, response.Response.Fields["error"].StringValue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_LastAdmin_IsRefusedAsAGrantIs()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        var carried = await new ActionInvocations(rig.Connect().Connector, rig.Logs).InvokeAsync(
            Request(rig.Boss, rig.Platform, "Admin", "Viewer"), new Change(), Cancellation);

        Assert.Equal((BatonActionStatus.Failed, StatusCode.FailedPrecondition), (carried.Response.Status, carried.Failure));
        Assert.Contains("is the last Admin of organization", carried.Summary, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, rig.Boss));
    }

    private static async Task<(string Result, string Role)> InvokeAsync(RoleRig rig, string expected, string role)
    {
        var response = await RespondAsync(rig, expected, role);
        Assert.Equal(BatonActionStatus.Complete, response.Status);
        var result = response.Response.Fields["result"].StringValue;
        Assert.Equal(result != "conflict", response.Response.Fields["success"].BoolValue);
        return (result, response.Response.Fields["role"].StringValue);
    }

    private static async Task<InvokeActionResponse> RespondAsync(RoleRig rig, string expected, string role)
        => (await new ActionInvocations(rig.Connect().Connector, rig.Logs).InvokeAsync(Request(rig.Ada, rig.Platform, expected, role), new Change(), Cancellation)).Response;

    private static InvokeActionRequest Request(long account, long organization, string expected, string role) => new()
    {
        Name = "set_organization_role",
        Args = new Struct
        {
            Fields =
            {
                ["user_id"] = Value.ForString($"{account}"),
                ["org_id"] = Value.ForString($"{organization}"),
                ["expected"] = Value.ForString(expected),
                ["role"] = Value.ForString(role),
            },
        },
    };
}
