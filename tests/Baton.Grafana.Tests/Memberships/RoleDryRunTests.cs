using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>A dry run reads and checks like the change itself, writes nothing, and shows the request that would come.</summary>
public sealed class RoleDryRunTests
{
    private const string Platform = "organization 2 (platform team)";

    public static TheoryData<Access> Accesses => [Access.Administrator, Access.Token];

    [Theory]
    [MemberData(nameof(Accesses))]
    public async Task Add_ShowsTheRequest(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);

        var change = await WithheldAsync(rig, change => rig.GrantAsync("Editor", change));

        Assert.Equal([$$"""POST {{Members(access)}} {"loginOrEmail":"ada","role":"Editor"}"""], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"account 3 is not a member of {Platform}"], change.Checks);
        Assert.Empty(change.Effects);
        Assert.Null(rig.Role);
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public async Task Change_ShowsTheRequest(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);

        var change = await WithheldAsync(rig, change => rig.GrantAsync("Editor", change));

        Assert.Equal([$$"""PATCH {{Members(access)}}/3 {"role":"Editor"}"""], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"ada (account 3) is Viewer of {Platform}"], change.Checks);
        Assert.Empty(change.Effects);
        Assert.Equal(GrafanaRole.Viewer, rig.Role);
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public async Task Demotion_SaysWhatIsLostAndThatAnAdminRemains(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);

        var change = await WithheldAsync(rig, change => rig.GrantAsync("Viewer", change));

        Assert.Equal([$"ada (account 3) is Admin of {Platform}", $"{Platform} has another Admin"], change.Checks);
        Assert.Equal([$"ada is no longer Admin of {Platform}"], change.Effects);
        Assert.Single(change.Requests);
        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public async Task Revocation_SaysWhatIsLost(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);
        rig.Grafana.SetAuthModule(rig.Ada, "ldap");

        var change = await WithheldAsync(rig, change => rig.RevokeAsync("Admin", change));

        Assert.Equal([$"DELETE {Members(access)}/3"], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"ada (account 3) is Admin of {Platform}", $"{Platform} has another Admin"], change.Checks);
        Assert.Contains($"loses its teams and folder permissions in {Platform}", change.Effects[0], StringComparison.Ordinal);
        Assert.Equal(access == Access.Token, change.Effects[0].Contains("Grafana deletes the account", StringComparison.Ordinal));
        Assert.Equal("the identity provider of ada may restore the membership at the next sign-in", change.Effects[1]);
        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Fact]
    public async Task Revocation_ModeNone_ShowsTheChangeInstead()
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, change: options => options with { TokenRevokeMode = TokenRevokeMode.None });
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);

        var change = await WithheldAsync(rig, change => rig.RevokeAsync("Viewer", change));

        Assert.Equal(["""PATCH /api/org/users/3 {"role":"None"}"""], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"ada stays a member of {Platform} without a basic role"], change.Effects);
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public async Task NothingToDo_IsAnOutcome(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        var change = new Change(ChangeMode.DryRun);

        Assert.Equal(["GrantAlreadyExists"], RoleRig.Told(await rig.GrantAsync("Viewer", change)));
        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("Admin", change)));

        Assert.Empty(change.Requests);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public async Task Guard_RefusesWithTheEffect(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        var (admin, boss) = (RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(rig.Boss, "boss"));
        var change = new Change(ChangeMode.DryRun);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.RevokeAsync(RoleRig.Grant(admin, boss), change));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains($"{Platform} is left without an Admin", change.Effects);
        Assert.All(change.Effects, effect => Assert.Contains(effect, refusal.Message, StringComparison.Ordinal));
        Assert.Empty(change.Requests);
    }

    private static string Members(Access access) => access == Access.Token ? "/api/org/users" : "/api/orgs/2/users";

    private static async Task<Change> WithheldAsync(RoleRig rig, Func<Change, Task> run)
    {
        var change = new Change(ChangeMode.DryRun);
        await Assert.ThrowsAsync<ChangeWithheldException>(() => run(change));
        Assert.Empty(rig.Grafana.Requests.Writes);
        return change;
    }
}
