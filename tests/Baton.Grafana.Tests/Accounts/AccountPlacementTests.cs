using Baton.Grafana.Organizations;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Where a new account belongs, whatever Grafana does with it by itself (D31, D32).</summary>
public sealed class AccountPlacementTests
{
    private static readonly FakeGrafanaOptions Personal = new() { AutoAssignOrg = false };

    [Theory]
    [InlineData("6.5", "POST /api/orgs/2/users", "Viewer", "it is Viewer of organization 1 (Main Org.) and Viewer of organization 2 (platform team)")]
    [InlineData("7.5", "PATCH /api/orgs/2/users/3", "Viewer", "it is Viewer of organization 2 (platform team)")]
    [InlineData("9.4", "PATCH /api/orgs/2/users/3", "Viewer", "it is Viewer of organization 2 (platform team)")]
    [InlineData("13.0", "PATCH /api/orgs/2/users/3", "Viewer", "it is Viewer of organization 2 (platform team)")]
    public async Task Create_OrganizationAskedFor_IsAMemberThere(string version, string addition, string role, string summary)
    {
        // 6.5 ignores what is asked for. Later versions join it with the role that the server assigns, which is not ours.
        await using var rig = await AccountRig.AsAdministratorAsync(version, new FakeGrafanaOptions { AutoAssignOrgRole = version == "6.5" ? GrafanaRole.Viewer : GrafanaRole.Editor });

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Equal(role, rig.Grafana.RoleOf(2, 3).ToString());
        Assert.Equal(["POST /api/admin/users", addition], rig.Writes);
        Assert.Contains(summary, created.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_RoleThatTheServerAssignsCannotBeChanged_SaysSo()
    {
        await using var rig = await AccountRig.AsAdministratorAsync("11.3", new FakeGrafanaOptions { AutoAssignOrgRole = GrafanaRole.Editor });
        rig.Grafana.Faults.On("PATCH", "^/api/orgs").Respond(400, """{"message":"not today"}""");

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(2, 3));
        Assert.Contains("could not make it Viewer of organization 2 (platform team): Grafana answers /api/orgs/2/users/3 with 400: not today", created.Summary, StringComparison.Ordinal);
        Assert.Contains("it is Editor of organization 2 (platform team)", created.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", 2)]
    [InlineData("7.5", 3)]
    [InlineData("11.3", 3)]
    public async Task Create_ServerMakesPersonalOrganizations_AddsWithTheDefaultRole(string version, int platform)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(version, Personal, new() { DefaultRole = OrganizationRole.Editor });

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: $" {platform} "));

        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(platform, 3));
        Assert.Equal(["POST /api/admin/users", $"POST /api/orgs/{platform}/users"], rig.Writes);
        Assert.Contains($"it is Admin of organization {platform + 1} (ada@example.com) and Editor of organization {platform} (platform team)", created.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", null)]
    [InlineData("11.3", null)]
    [InlineData("6.5", "2")]
    [InlineData("11.3", "2")]
    public async Task Create_RemovingWhatIsAssigned_KeepsWhatWasAskedForOnly(string version, string? org)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(version, policy: new() { RemoveAutoAssigned = true });

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: org));

        Assert.Null(rig.Grafana.RoleOf(1, 3));
        Assert.Equal(org is null ? null : GrafanaRole.Viewer, rig.Grafana.RoleOf(2, 3));
        Assert.Contains(org is null ? "it belongs to no organization" : "it is Viewer of organization 2 (platform team); read back", created.Summary, StringComparison.Ordinal);
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
    }

    [Fact]
    public async Task Create_RemovingAPersonalOrganizationsOnlyAdmin_SaysThatItCannot()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(options: Personal, policy: new() { RemoveAutoAssigned = true });

        var created = await rig.CreatedAsync();

        Assert.Contains(
            "could not remove it from organization 4 (ada@example.com): Grafana answers /api/orgs/4/users/3 with 400: Cannot remove last organization admin; it is Admin of organization 4",
            created.Summary,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "invalid organization ID: Grafana has no organization 7")]
    [InlineData("platform", "invalid organization ID: platform is not the number of an organization")]
    [InlineData("-2", "invalid organization ID: -2 is not the number of an organization")]
    [InlineData("0", "invalid organization ID: 0 is not the number of an organization")]
    [InlineData("99999999999999999999", "invalid organization ID: 99999999999999999999 is not the number of an organization")]
    public async Task Create_OrganizationIsNone_CreatesNothing(string org, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var refused = await rig.CreateFailsAsync(AccountRig.Info(login: "ada", org: org));

        Assert.Equal((StatusCode.InvalidArgument, $"grafana-connector: {message}"), (refused.Code, refused.Message));
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_DefaultRoleThatTheServerHasNot_CreatesNothing()
    {
        // D30
        await using var rig = await AccountRig.AsAdministratorAsync("9.4", policy: new() { DefaultRole = OrganizationRole.None });

        var refused = await rig.CreateFailsAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.StartsWith("grafana-connector: --default-org-role=None needs Grafana 10.2, and this is Grafana 9.4", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_DefaultRoleNone_IsGiven()
    {
        await using var rig = await AccountRig.AsAdministratorAsync("10.2", Personal, new() { DefaultRole = OrganizationRole.None });

        await rig.CreatedAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Equal(GrafanaRole.None, rig.Grafana.RoleOf(2, 3));
    }

    [Theory]
    [InlineData(true, "it is Viewer of organization 1 (Main Org.) and Viewer of organization 2 (platform team)")]
    [InlineData(false, "could not add it to organization 2: the connection to")]
    public async Task Create_AnswerToAddingIsLost_GoesByWhatIsThere(bool tookEffect, string summary)
    {
        await using var rig = await AccountRig.AsAdministratorAsync("6.5");
        var fault = rig.Grafana.Faults.On("POST", "^/api/orgs/2/users$");
        _ = (tookEffect ? fault.AfterEffect() : fault).Reset();

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Contains(summary, created.Summary, StringComparison.Ordinal);
        Assert.Equal(tookEffect, !created.Summary.Contains("could not", StringComparison.Ordinal));
        Assert.Equal(["POST /api/admin/users", "POST /api/orgs/2/users"], rig.Writes);
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
    }

    [Fact]
    public async Task Create_AddingIsNotDoneThoughGrafanaSaysSo_IsTold()
    {
        await using var rig = await AccountRig.AsAdministratorAsync("6.5");
        rig.Grafana.Faults.On("POST", "^/api/orgs/2/users$").Respond(200, """{"message":"User added to organization"}""");

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Contains("could not add it to organization 2: Grafana said \"User added to organization\"; it is Viewer of organization 1", created.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OrganizationsCannotBeRead_SaysWhatIsNotKnown()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("GET", "^/api/users/3/orgs$").Respond(403);

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", org: "2"));

        Assert.Contains("; whether it is a member of organization 2 is not known: Grafana forbids /api/users/3/orgs: Injected 403; read back at ", created.Summary, StringComparison.Ordinal);
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
    }
}
