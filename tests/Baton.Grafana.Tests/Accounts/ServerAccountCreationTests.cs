using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

public sealed class ServerAccountCreationTests
{
    public static TheoryData<string> Versions => ["6.5", "7.5", "9.4", "10.1", "11.3", "12.1", "13.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Create_NewPerson_CanSignInAndIsTheWholeResource(string version)
    {
        // D26
        await using var rig = await AccountRig.AsAdministratorAsync(version);

        var created = await rig.CreatedAsync(AccountRig.Info(login: "ada", name: "Ada Lovelace"));

        Assert.Equal("3 ada ada@example.com \"Ada Lovelace\" Enabled", AccountRig.Text(created.Account));
        Assert.Equal(AccountRig.Email, Assert.Single(Annotations.Find<UserTrait>(created.Account.Annotations)!.Emails).Address);
        Assert.NotNull(created.Account.CreatedAt);
        Assert.Equal(["POST /api/admin/users"], rig.Writes);
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(created)));
        Assert.Equal("password", Assert.Single(created.Plaintexts).Name);
        Assert.Empty(created.Annotations);
        Assert.Null(created.InvitationExpiresAt);
        Assert.StartsWith("created account 3 (ada); it is Viewer of organization 1 (Main Org.); read back at ", created.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_AddressOnly_IsLoginAndNameToo()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var created = await rig.CreatedAsync(AccountRig.Info());

        Assert.Equal("3 ada@example.com ada@example.com \"ada@example.com\" Enabled", AccountRig.Text(created.Account));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Create_LoginIsThere_IsFoundAndLeftAlone(string version)
    {
        // D25
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        rig.Grafana.AddUser(new UserSeed("ada") { Email = "other@example.com", Name = "Ada", Password = "known to ada" });

        var existing = await rig.ExistsAsync();

        Assert.Equal("3 ada other@example.com \"Ada\" Enabled", AccountRig.Text(existing.Account));
        Assert.Equal("account 3 (ada) was there before; its password was not touched", existing.Summary);
        Assert.Empty(rig.Writes);
        Assert.True(await rig.CanSignInAsync("ada", "known to ada"));
        Assert.Contains(rig.Logs.Lines, line => line.Contains("account exists already userId=3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_AddressIsThere_IsFound()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser("lovelace", AccountRig.Email);

        Assert.Equal("lovelace", (await rig.ExistsAsync()).Account.DisplayName);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData("1", "account 3 (ada) was there before; its password was not touched")]
    [InlineData("2", "account 3 (ada) was there before; its password was not touched; it is not a member of organization 2, which was asked for: grant it a role there")]
    public async Task Create_ExistsAndAnOrganizationIsAskedFor_SaysWhetherItIsAMember(string org, string summary)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddMember(1, rig.Grafana.AddUser("ada"), GrafanaRole.Viewer);

        Assert.Equal(summary, (await rig.ExistsAsync(AccountRig.Info(login: "ada", org: org))).Summary);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_ExistsAndIsDisabled_SaysDisabled()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser(new UserSeed("ada") { IsDisabled = true });

        Assert.EndsWith("Disabled", AccountRig.Text((await rig.ExistsAsync()).Account), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5", "ADA", "x@example.com")]
    [InlineData("6.5", "x", "Ada@Example.com")]
    [InlineData("9.4", "Ada", "x@example.com")]
    [InlineData("12.1", "x", "ADA@EXAMPLE.COM")]
    public async Task Create_DiffersByCaseOnly_IsTheSame(string version, string login, string email)
    {
        // D35: 6.5 would make a second account.
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        rig.Grafana.AddUser(login, email);

        Assert.Equal(login, (await rig.ExistsAsync()).Account.DisplayName);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_ExistsBehindOneHundredThatContainIt_IsFound()
    {
        // D22
        await using var rig = await AccountRig.AsAdministratorAsync();
        for (var number = 0; number < 1010; number++)
        {
            rig.Grafana.AddUser($"aada{number:d4}", $"aada{number:d4}@example.com");
        }

        rig.Grafana.AddUser("ada", "zzz@example.com");

        Assert.Equal("zzz@example.com", (await rig.ExistsAsync()).Account.Profile.Fields["email"].StringValue);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_LoginContainsAnothers_IsNew()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser("adam", "adam@example.com", name: "ada");

        Assert.Equal("ada", (await rig.CreatedAsync()).Account.DisplayName);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Create_LoginAndAddressOfDifferentAccounts_NamesTheConflict(string version)
    {
        // D23
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        rig.Grafana.AddUser("ada", "first@example.com");
        rig.Grafana.AddUser("second", AccountRig.Email);

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.AlreadyExists, refused.Code);
        Assert.Equal(
            "grafana-connector: the login ada and the address ada@example.com belong to different accounts: 3 (ada, first@example.com), "
            + "4 (second, ada@example.com); nothing was changed. Rename one of them, or ask for another login",
            refused.Message);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_AddressIsSomebodysLogin_IsThatAccount()
    {
        // Nobody could tell the two apart who signs in with the address.
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser(AccountRig.Email, "boss-of-ada@example.com");

        Assert.Equal("boss-of-ada@example.com", (await rig.ExistsAsync()).Account.Profile.Fields["email"].StringValue);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_Twice_IsOneAccount()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var first = await rig.CreatedAsync();

        Assert.Equal(first.Account.Id, (await rig.ExistsAsync()).Account.Id);
        Assert.True(await rig.CanSignInAsync("ada", AccountRig.Password(first)));
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_TwiceAtOnce_IsOneAccount()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var connector = rig.Connect();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => connector.Users.CreateAccountAsync(
            AccountRig.Info(login: "ada"), new CredentialRequest.RandomPassword(20), new Change(), TestContext.Current.CancellationToken)));

        Assert.Single(outcomes.OfType<AccountOutcome.Created>());
        Assert.Equal(4, outcomes.OfType<AccountOutcome.AlreadyExists>().Count());
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("not an address", "grafana-connector: 'not an address' is not an e-mail address")]
    [InlineData("  ", "grafana-connector: email is required for account creation")]
    public async Task Create_AddressIsWrong_AsksNobody(string email, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var refused = await rig.CreateFailsAsync(AccountRig.Info(email));

        Assert.Equal((StatusCode.InvalidArgument, message), (refused.Code, refused.Message));
        Assert.Equal(0, rig.Grafana.Requests.Count);
    }

    [Fact]
    public async Task Credentials_OfAServer_AreRandomAndEncryptedPasswords()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var credentials = rig.Connect().Users.Credentials;

        Assert.Equal(
            [CapabilityDetailCredentialOption.RandomPassword, CapabilityDetailCredentialOption.EncryptedPassword], credentials.SupportedCredentialOptions);
        Assert.Equal(CapabilityDetailCredentialOption.RandomPassword, credentials.PreferredCredentialOption);
    }
}
