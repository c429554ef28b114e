using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

public sealed class AccountDetailsTests
{
    [Fact]
    public async Task Schema_OfTheConnector_IsUpstreams()
    {
        // Part B of the contract: the platform's forms and mappings are made of these.
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = TestConnector.Create(grafana);

        var fields = connector.Connector.Metadata.AccountCreationSchema.FieldMap;

        Assert.Equal(
            [
                ("full_name", "Full Name", true, "John Doe", 1),
                ("email", "Email", true, "user@example.com", 2),
                ("login", "Username", false, "johndoe", 3),
                ("org_id", "Organization ID", false, "1", 4),
            ],
            fields.OrderBy(field => field.Value.Order).Select(field => (field.Key, field.Value.DisplayName, field.Value.Required, field.Value.Placeholder, field.Value.Order)));
        Assert.All(fields.Values, field => Assert.Equal(ConnectorAccountCreationSchema.Types.Field.FieldOneofCase.StringField, field.FieldCase));
    }

    [Fact]
    public void Of_Profile_IsTrimmed()
    {
        var details = AccountDetails.Of(AccountRig.Info(" ada@example.com\n", " ada ", " Ada Lovelace ", " 7 "));

        Assert.Equal(new AccountDetails("ada", "ada@example.com", "Ada Lovelace", 7), details);
    }

    [Fact]
    public void Of_StandardFieldsOnly_AreTaken()
    {
        // D36
        var info = new AccountInfo
        {
            Login = "ada",
            Emails = { new AccountInfo.Types.Email { Address = "second@example.com" }, new AccountInfo.Types.Email { Address = "ada@example.com", IsPrimary = true } },
        };

        Assert.Equal(new AccountDetails("ada", "ada@example.com", "ada@example.com", null), AccountDetails.Of(info));
    }

    [Fact]
    public void Of_ProfileAndStandardFields_PrefersTheProfile()
    {
        var info = AccountRig.Info("ada@example.com", "ada");
        info.Login = "other";
        info.Emails.Add(new AccountInfo.Types.Email { Address = "other@example.com", IsPrimary = true });

        Assert.Equal(("ada", "ada@example.com"), (AccountDetails.Of(info).Login, AccountDetails.Of(info).Email));
    }

    [Fact]
    public void Of_BlankProfileFields_FallsBack()
    {
        var info = AccountRig.Info(" ", " ", " ", " ");
        info.Emails.Add(new AccountInfo.Types.Email { Address = "ada@example.com" });

        Assert.Equal(new AccountDetails("ada@example.com", "ada@example.com", "ada@example.com", null), AccountDetails.Of(info));
    }

    [Fact]
    public void Of_OrganizationAsANumber_IsTaken()
    {
        var info = AccountRig.Info();
        info.Profile.Fields["org_id"] = Value.ForNumber(2);

        Assert.Equal(2, AccountDetails.Of(info).OrganizationId);
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(1e20)]
    public void Of_OrganizationAsAnImpossibleNumber_IsRefused(double org)
    {
        var info = AccountRig.Info();
        info.Profile.Fields["org_id"] = Value.ForNumber(org);

        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<ConnectorException>(() => AccountDetails.Of(info)).Code);
    }

    [Fact]
    public void Of_Nothing_AsksForTheAddress()
        => Assert.Equal("grafana-connector: email is required for account creation", Assert.Throws<ConnectorException>(() => AccountDetails.Of(new AccountInfo())).Message);
}
