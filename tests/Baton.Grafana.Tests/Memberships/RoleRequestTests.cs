using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>What entitlements, principals and grants may look like: as any version of any connector wrote them, and no worse.</summary>
public sealed class RoleRequestTests
{
    [Theory]
    [InlineData("org:2:Viewer", "Viewer")]
    [InlineData("org:2:Editor", "")]
    [InlineData("org:2:Admin", "Admin")]
    [InlineData("org:2:None", "None")]
    public void Of_IdAndPerhapsSlug_GivesOrganizationAndRole(string id, string slug)
    {
        var request = RoleRequest.Of(Entitlement(id, "2", slug));

        Assert.Equal((2, id["org:2:".Length..]), (request.OrganizationId, request.Role.Name));
    }

    [Theory]
    [InlineData("org:2:viewer", "2", "", "invalid role viewer")]
    [InlineData("org:2:VIEWER", "2", "", "invalid role VIEWER")]
    [InlineData("org:2: Viewer", "2", "", "invalid role  Viewer")]
    [InlineData("org:2:Owner", "2", "", "Grafana has Viewer, Editor, Admin, None")]
    [InlineData("org:2:", "2", "", "invalid role ")]
    [InlineData("org:2:Viewer:user:3", "2", "", "invalid role Viewer:user:3")]
    [InlineData("org:2", "2", "", "invalid entitlement ID format org:2")]
    [InlineData("org:3:Viewer", "2", "", "invalid entitlement ID format org:3:Viewer: it must be org:2: and a role")]
    [InlineData("team:2:Viewer", "2", "", "invalid entitlement ID format")]
    [InlineData("org:2:Viewer", "2", "Admin", "has the slug Admin, which says another role")]
    [InlineData("org:x:Viewer", "x", "", "invalid organization ID x: it must be a number")]
    [InlineData("org:0:Viewer", "0", "", "invalid organization ID 0")]
    [InlineData("org:-2:Viewer", "-2", "", "invalid organization ID -2")]
    [InlineData("org: 2:Viewer", " 2", "", "invalid organization ID  2")]
    [InlineData("org:2/../3:Viewer", "2/../3", "", "invalid organization ID")]
    [InlineData("org:9223372036854775808:Viewer", "9223372036854775808", "", "invalid organization ID")]
    [InlineData("org::Viewer", "", "", "invalid organization ID")]
    public void Of_AnythingElse_IsRefused(string id, string organization, string slug, string says)
    {
        var refusal = Assert.Throws<ConnectorException>(() => RoleRequest.Of(Entitlement(id, organization, slug)));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.StartsWith("grafana-connector: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_MissingParts_IsRefusedAndNoBug()
    {
        // D15
        var type = new Entitlement { Id = "org:2:Viewer", Resource = new Resource { Id = Ids.Resource("team", "2") } };
        foreach (var entitlement in new[] { null, new Entitlement(), new Entitlement { Id = "org:2:Viewer" }, new Entitlement { Id = "org:2:Viewer", Resource = new Resource() }, type })
        {
            Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<ConnectorException>(() => RoleRequest.Of(entitlement)).Code);
        }
    }

    [Theory]
    [InlineData("service_account", "3", "principal must be a user, got service_account")]
    [InlineData("team", "3", "principal must be a user, got team")]
    [InlineData("User", "3", "principal must be a user, got User")]
    [InlineData("", "3", "principal must be a user")]
    [InlineData("user", "", "invalid user ID")]
    [InlineData("user", "ada", "invalid user ID ada: it must be a number")]
    [InlineData("user", "0", "invalid user ID 0")]
    [InlineData("user", "-3", "invalid user ID -3")]
    [InlineData("user", "3.0", "invalid user ID 3.0")]
    [InlineData("user", "3/../1", "invalid user ID")]
    [InlineData("user", "9223372036854775808", "invalid user ID")]
    public void AccountReference_NotAnAccount_IsRefused(string type, string id, string says)
    {
        var refusal = Assert.Throws<ConnectorException>(() => AccountReference.Of(new Resource { Id = Ids.Resource(type, id) }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AccountReference_MissingParts_IsRefusedAndNoBug()
    {
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<ConnectorException>(() => AccountReference.Of(null)).Code);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<ConnectorException>(() => AccountReference.Of(new Resource())).Code);
    }

    [Fact]
    public void AccountReference_Hints_AreLoginsBeforeAddressesAndEachOnce()
    {
        var principal = RoleRig.Principal(3, "ada", "ada@example.com");
        principal.DisplayName = "ADA";
        principal.Annotations.Add(Annotations.Of(new UserTrait
        {
            Login = "countess",
            Emails = { new UserTrait.Types.Email { Address = "old@example.com" }, new UserTrait.Types.Email { Address = "new@example.com", IsPrimary = true } },
        }));

        Assert.Equal(["ada", "countess", "ada@example.com", "new@example.com"], AccountReference.Of(principal).Hints);
        Assert.Empty(AccountReference.Of(new Resource { Id = Ids.Resource("user", "3") }).Hints);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task GrantAndRevoke_WithoutPartsOrWithWrongOnes_SendNothing(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        var (viewer, ada) = (RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(rig.Ada, "ada"));
        var service = new Resource { Id = Ids.Resource("service_account", "4") };
        var owner = RoleRig.Entitlement(rig.Platform, "Owner");
        Func<Task<ChangeOutcome>>[] wrong =
        [
            () => rig.GrantAsync(null!, ada),
            () => rig.GrantAsync(viewer, null!),
            () => rig.GrantAsync(viewer, service),
            () => rig.GrantAsync(owner, ada),
            () => rig.RevokeAsync(new Grant { Id = "x" }),
            () => rig.RevokeAsync(new Grant { Id = "x", Entitlement = viewer }),
            () => rig.RevokeAsync(new Grant { Id = "x", Principal = ada }),
            () => rig.RevokeAsync(RoleRig.Grant(viewer, service)),
            () => rig.RevokeAsync(RoleRig.Grant(owner, ada)),
        ];

        foreach (var request in wrong)
        {
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<ConnectorException>(request)).Code);
        }

        Assert.Empty(rig.Grafana.Requests.Lines);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task GrantAndRevoke_AsUpstreamWroteThem_AreUnderstood(Access access)
    {
        // Part B: names in title case, no annotations, ids alone, and of the principal of a grant nothing but the id.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        var organization = new Resource { Id = Ids.Resource("org", "2"), DisplayName = "Platform Team" };
        var editor = new Entitlement
        {
            Id = "org:2:Editor",
            Slug = "Editor",
            Resource = organization,
            DisplayName = "Platform Team Editor",
            Purpose = Baton.Protocol.Connector.V2.Entitlement.Types.PurposeValue.Permission,
        };

        var granted = await rig.GrantAsync(editor, new Resource { Id = Ids.Resource("user", "3"), DisplayName = "ada" });
        Assert.Equal(["GrantReplaced org:2:Viewer:user:3"], RoleRig.Told(granted));

        var revoked = await rig.RevokeAsync(new Grant
        {
            Id = "org:2:Editor:user:3",
            Entitlement = new Entitlement { Id = "org:2:Editor", Resource = organization },
            Principal = new Resource { Id = Ids.Resource("user", "3") },
        });

        Assert.Null(rig.Role);
        Assert.Contains("(was Editor)", revoked.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Grant_AsOurSyncWroteThem_AreUnderstood(Access access)
    {
        // What a sync lists is what comes back.
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        await using var connector = await TestConnector.ConnectAsync(rig.Grafana, rig.Token);
        var organization = (await connector.ListOrganizationsAsync()).Single(found => found.Id.Resource == "2");
        var entitlements = await connector.ListEntitlementsAsync(organization);
        var ada = await connector.UserAsync(rig.Ada);

        foreach (var entitlement in entitlements)
        {
            await rig.GrantAsync(entitlement, ada);

            Assert.Equal(entitlement.Slug, $"{rig.Role}");
            Assert.Equal(OrganizationRole.Find(entitlement.Slug)!.Order, Assert.Single(Annotations.All<EntitlementExclusionGroup>(entitlement.Annotations)).Order);
        }

        var grant = (await connector.ListGrantsAsync(organization)).Single(found => found.Principal.Id.Resource == "3");
        await rig.RevokeAsync(grant);
        Assert.Null(rig.Role);
    }

    private static Entitlement Entitlement(string id, string organization, string slug)
        => new() { Id = id, Slug = slug, Resource = new Resource { Id = Ids.Resource("org", organization) } };
}
