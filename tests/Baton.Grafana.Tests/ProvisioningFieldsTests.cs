using Baton.CommandLine;
using Baton.Configuration;
using Baton.Grafana.Accounts;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Sdk.Settings;

namespace Baton.Grafana.Tests;

public sealed class ProvisioningFieldsTests
{
    [Fact]
    public void Options_NothingSaid_AreWhatGrafanaDoesByItself()
    {
        var options = Resolve();

        Assert.Equal(new AccountPolicy(), options.Accounts);
        Assert.Equal(
            (OrganizationRole.Viewer, false, true, Deprovisioning.Delete, false),
            (options.Accounts.DefaultRole, options.Accounts.RemoveAutoAssigned, options.Accounts.InviteByMail, options.Accounts.Deprovisioning, options.Accounts.AllowLastAdminRemoval));
        Assert.Equal(TokenRevokeMode.Remove, options.TokenRevokeMode);
    }

    [Fact]
    public void Options_EverythingSaid_AreThat()
    {
        var options = Resolve(
            ("DEFAULT_ORG_ROLE", "None"),
            ("REMOVE_AUTO_ASSIGNED_MEMBERSHIP", "true"),
            ("INVITE_BY_MAIL", "false"),
            ("DEPROVISION", "disable"),
            ("ALLOW_LAST_ADMIN_REMOVAL", "true"),
            ("TOKEN_REVOKE_MODE", "none"));

        Assert.Equal(
            new AccountPolicy
            {
                DefaultRole = OrganizationRole.None,
                RemoveAutoAssigned = true,
                InviteByMail = false,
                Deprovisioning = Deprovisioning.Disable,
                AllowLastAdminRemoval = true,
            },
            options.Accounts);
        Assert.Equal(TokenRevokeMode.None, options.TokenRevokeMode);
    }

    [Theory]
    [InlineData("DEFAULT_ORG_ROLE", "Owner", "one of [None")]
    [InlineData("DEFAULT_ORG_ROLE", "viewer", "one of [None")]
    [InlineData("DEPROVISION", "remove", "one of [delete")]
    [InlineData("TOKEN_REVOKE_MODE", "delete", "one of [remove")]
    public void Options_UnknownValue_NamesTheGoodOnes(string variable, string value, string good)
    {
        var problems = Assert.Throws<ConfigurationException>(() => Resolve((variable, value))).Problems;

        Assert.Contains(good, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static GrafanaOptions Resolve(params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => $"BATON_{variable.Name}", variable => variable.Value, StringComparer.Ordinal);
        environment["BATON_HOSTNAME"] = "https://grafana.example.com";
        environment["BATON_USERNAME"] = "admin";
        environment["BATON_PASSWORD"] = "hunter2";
        var folder = System.IO.Directory.CreateTempSubdirectory("baton-grafana-tests-");
        try
        {
            return GrafanaSchema.Options(new ConfigurationResolver(StandardConfiguration.SchemaOf(GrafanaSchema.Create(), new(false, TimeProvider.System.GetUtcNow()))).Resolve(new()
            {
                Flags = FlagValues.None,
                Environment = environment.GetValueOrDefault,
                WorkingDirectory = folder.FullName,
            }));
        }
        finally
        {
            folder.Delete();
        }
    }
}
