using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using CsCheck;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>Any sequence of changes, ours and other people's, against a table of one role per account and organization.</summary>
public sealed class RoleModelTests
{
    private static readonly GrafanaRole?[] Roles = [null, GrafanaRole.None, GrafanaRole.Viewer, GrafanaRole.Editor, GrafanaRole.Admin];

    [Theory]
    [InlineData(Access.Administrator, "6.5")]
    [InlineData(Access.Administrator, "11.3")]
    [InlineData(Access.Token, "6.5")]
    [InlineData(Access.Token, "12.1")]
    public async Task GrantsAndRevocations_AnySequence_EndAsInATableOfRoles(Access access, string version)
    {
        var lowest = version == "6.5" ? 2 : 1;
        var accounts = Gen.Int[0, 2];
        var organizations = Gen.Int[0, access == Access.Token ? 0 : 1];
        var roles = Gen.Int[lowest, Roles.Length - 1].Select(index => Roles[index]!.Value);
        var steps = Gen.Frequency(
            (6, Gen.Select(accounts, organizations, roles, (account, organization, role) => (Step)new Step.Grant(account, organization, role))),
            (5, Gen.Select(accounts, organizations, roles, (account, organization, role) => (Step)new Step.Revoke(account, organization, role))),
            (2, Gen.Select(accounts, organizations, Gen.Int[0, Roles.Length - 1], (account, organization, role) =>
                (Step)new Step.Outside(account, organization, role >= lowest ? Roles[role] : null))),
            (1, accounts.Select(account => (Step)new Step.Rename(account))),
            (1, accounts.Select(account => (Step)new Step.Delete(account))));

        await steps.Array[1, 12].SampleAsync(
            async sequence =>
            {
                await using var rig = await RoleRig.StartAsync(access, version);
                var model = new RoleModel(rig);
                var connector = rig.Connect().Organizations;
                foreach (var step in sequence)
                {
                    var (predicted, actual) = step switch
                    {
                        Step.Grant grant => (model.Grant(grant), await EndAsync(() => connector.GrantAsync(
                            RoleRig.Entitlement(model.Organizations[grant.Organization], $"{grant.Role}"), model.Principal(grant.Account), new Change(), default))),
                        Step.Revoke revoke => (model.Revoke(revoke), await EndAsync(() => connector.RevokeAsync(
                            RoleRig.Grant(RoleRig.Entitlement(model.Organizations[revoke.Organization], $"{revoke.Role}"), model.Principal(revoke.Account)), new Change(), default))),
                        _ => ("", model.ApplyOutside(step)),
                    };

                    Assert.Equal(predicted, actual);
                    Assert.Equal(model.Expected, model.Actual);
                }
            },
            iter: 120,
            threads: 1);
    }

    private static async Task<string> EndAsync(Func<Task<ChangeOutcome>> run)
    {
        try
        {
            var outcome = await run();
            return $"{string.Join(' ', RoleRig.Told(outcome))} {RoleRig.Verified(outcome)}".Trim();
        }
        catch (ConnectorException refusal)
        {
            return $"{refusal.Code}";
        }
    }
}
