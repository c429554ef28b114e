using System.Globalization;
using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Grafana.Tests.Accounts;

public sealed class AccountResourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Make_AllThereIs_KeepsTheKeysAndTheirTypes()
    {
        var resource = AccountResource.Make(
            new Account
            {
                Id = 42,
                Login = "ada",
                Name = "Ada Lovelace",
                Email = "ada@example.com",
                Uid = "u42",
                IsDisabled = false,
                IsServerAdmin = true,
                IsExternal = true,
                IsExternallySynced = false,
                IsProvisioned = true,
                LastSeenAt = "2026-11-22T08:00:00Z",
                CreatedAt = "2024-02-03T04:05:06Z",
                AuthLabels = ["GitHub", "LDAP"],
            },
            Now);

        Assert.Equal(("user", "42", "ada"), (resource.Id.ResourceType, resource.Id.Resource, resource.DisplayName));
        Assert.Equal("2024-02-03T04:05:06+00:00", resource.CreatedAt.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        (string, Value)[] expected =
        [
            ("full_name", Value.ForString("Ada Lovelace")),
            ("login", Value.ForString("ada")),
            ("user_id", Value.ForNumber(42)),
            ("email", Value.ForString("ada@example.com")),
            ("is_externally_synced", Value.ForBool(false)),
            ("auth_labels", Value.ForString("GitHub; LDAP")),
            ("uid", Value.ForString("u42")),
            ("is_grafana_admin", Value.ForBool(true)),
            ("is_external", Value.ForBool(true)),
            ("is_provisioned", Value.ForBool(true)),
            ("last_seen_at", Value.ForString("2026-11-22T08:00:00Z")),
        ];
        Assert.Equal(expected.OrderBy(field => field.Item1, StringComparer.Ordinal), resource.Profile.Fields.Select(field => (field.Key, field.Value)).OrderBy(field => field.Key, StringComparer.Ordinal));
        var trait = Trait(resource);
        Assert.Equal(("ada", UserTrait.Types.AccountType.Human), (trait.Login, trait.AccountType));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), trait.LastLogin.ToDateTimeOffset());
#pragma warning disable CS0612 // Readers of older versions look there.
        Assert.Equal(resource.Profile, trait.Profile);
#pragma warning restore CS0612
    }

    [Fact]
    public void Make_NothingButIdAndLogin_SaysNothingElse()
    {
        var resource = AccountResource.Make(new Account { Id = 1, Login = "x" }, Now);

        Assert.Equal(["email", "full_name", "login", "user_id"], resource.Profile.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("", resource.Profile.Fields["full_name"].StringValue);
        Assert.Null(resource.Status);
        Assert.Null(resource.CreatedAt);
        var trait = Trait(resource);
        Assert.Empty(trait.Emails);
        Assert.Empty(trait.LoginAliases);
        Assert.Null(trait.LastLogin);
    }

    [Theory]
    [InlineData(true, ResourceStatus.Disabled, UserStatus.Disabled)]
    [InlineData(false, ResourceStatus.Enabled, UserStatus.Enabled)]
    [InlineData(null, null, UserStatus.Unspecified)]
    public void Make_Disabled_HasThreeStates(bool? disabled, ResourceStatus? expected, UserStatus inTrait)
    {
        var resource = AccountResource.Make(new Account { Id = 1, Login = "x", IsDisabled = disabled }, Now);

        Assert.Equal(expected, resource.Status?.Status_);
#pragma warning disable CS0612
        Assert.Equal(inTrait, Trait(resource).Status.Status_);
#pragma warning restore CS0612
    }

    [Theory]
    [InlineData("2026-11-23T11:59:00Z", true)]
    [InlineData("2017-01-15T00:00:00Z", true)]
    [InlineData("2016-11-23T12:00:00Z", false)] // ten years: made now, never seen
    [InlineData("2014-03-02T12:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("2026-11-23T12:05:00Z", true)] // its clock is ahead of ours
    [InlineData("2026-11-23T13:30:00+02:00", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("yesterday", false)]
    public void Make_LastSeen_TenYearsAgoIsNever(string? seen, bool isLogin)
    {
        var trait = Trait(AccountResource.Make(new Account { Id = 1, Login = "x", LastSeenAt = seen }, Now));

        Assert.Equal(isLogin, trait.LastLogin is not null);
        if (isLogin)
        {
            Assert.Equal(DateTimeOffset.Parse(seen!, CultureInfo.InvariantCulture), trait.LastLogin!.ToDateTimeOffset());
        }
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("admin@localhost", true)]
    [InlineData("ünïcode@example.com", true)]
    [InlineData("a+b.c_d@sub.example.co.uk", true)]
    [InlineData("O'Brien@example.com", true)]
    [InlineData("svc-noemail", false)] // the login, copied
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("@example.com", false)]
    [InlineData("ada@", false)]
    [InlineData("ada@example..com", false)]
    [InlineData("ada@-example.com", false)]
    [InlineData("ada@exam_ple.com", false)]
    [InlineData("ada@exämple.com", false)]
    [InlineData("ada@[10.0.0.1]", false)]
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("ada@example.com, bob@example.com", false)]
    [InlineData("ada@example.com\n", false)]
    [InlineData(" ada@example.com", false)]
    [InlineData("ada@@example.com", false)]
    public void Make_Email_OnlyAnAddressIsOne(string email, bool isAddress)
    {
        // D57. The profile keeps what Grafana has.
        var resource = AccountResource.Make(new Account { Id = 1, Login = "ada", Email = email }, Now);
        var trait = Trait(resource);

        Assert.Equal(isAddress ? [email] : [], trait.Emails.Select(address => address.Address));
        Assert.Equal(isAddress ? [email] : [], trait.LoginAliases);
        Assert.All(trait.Emails, address => Assert.True(address.IsPrimary));
        Assert.Equal(email, resource.Profile.Fields["email"].StringValue);
    }

    [Theory]
    [InlineData(64, 189, true)]
    [InlineData(64, 190, false)]
    [InlineData(65, 20, false)]
    [InlineData(1, 252, true)]
    public void IsValid_LongAddress_IsBounded(int local, int host, bool isAddress)
    {
        var labels = string.Concat(Enumerable.Range(1, host).Select(position => position % 10 == 0 && position < host ? '.' : 'h'));

        Assert.Equal(isAddress, EmailRules.IsValid($"{new string('l', local)}@{labels}"));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void IsValid_LongLabel_IsBounded(int label, bool isAddress)
        => Assert.Equal(isAddress, EmailRules.IsValid($"ada@{new string('h', label)}.example"));

    [Fact]
    public void Make_LoginIsTheEmail_IsNoAliasOfItself()
        => Assert.Empty(Trait(AccountResource.Make(new Account { Id = 1, Login = "ada@example.com", Email = "ada@example.com" }, Now)).LoginAliases);

    private static UserTrait Trait(Resource resource) => Annotations.Find<UserTrait>(resource.Annotations)!;
}
