using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using UserStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Evidence.Tests.Accounts;

/// <summary>Each rule where it applies, and just where it does not.</summary>
public sealed class AccountRulesTests
{
    [Theory]
    [InlineData(90, false)]
    [InlineData(91, true)]
    public void Dormant_DaysSinceSeen_CountFromTheSync(int days, bool expected)
        => Assert.Equal(expected, Flags(new() { LastSeen = AsOf.AddDays(-days) }).Has(FindingCode.Dormant));

    [Fact]
    public void Dormant_OtherLimit_IsTaken()
        => Assert.True(Flags(new() { LastSeen = AsOf.AddDays(-8) }, new() { DormantDays = 7 }).Has(FindingCode.Dormant));

    [Fact]
    public void Dormant_AsOfLater_CountsFromThere()
        => Assert.True(Flags(new() { LastSeen = AsOf.AddDays(-8) }, new() { AsOf = AsOf.AddDays(100) }).Has(FindingCode.Dormant));

    [Fact]
    public void LastSeenUnknown_NoValue_IsNeitherActiveNorDormant()
    {
        var flags = Flags(new() { LastSeen = null });

        Assert.True(flags.Has(FindingCode.LastSeenUnknown));
        Assert.False(flags.Has(FindingCode.Dormant));
        Assert.False(flags.Has(FindingCode.NeverSeen));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void NeverSeen_Grafanas10Years_AppliesToAccountsThatAreNotNew(int daysOld, bool expected)
    {
        var created = AsOf.AddDays(-daysOld);
        var account = Books.OfAccount(Books.Person("1", new() { Created = created, LastSeen = created.AddYears(-10) }));

        Assert.Equal(LastSeenQuality.Never, account.LastSeen.Quality);
        Assert.Equal(expected, account.Flags.Has(FindingCode.NeverSeen));
    }

    [Fact]
    public void NeverSeen_ProfileAlone_IsRead()
    {
        var account = Books.OfAccount(Books.Person("1", new() { LastSeen = null, Profile = """{"last_seen_at":"2014-11-23T10:24:18Z"}""" }));

        Assert.Equal(LastSeenQuality.Never, account.LastSeen.Quality);
    }

    [Fact]
    public void NoEmail_PersonWithout_IsPointedOut() => Assert.True(Flags(new() { Email = null }).Has(FindingCode.NoEmail));

    [Fact]
    public void NoEmail_ServiceAccountWithout_IsAsItShouldBe()
    {
        var flags = Flags(new() { Email = null, Type = UserTrait.Types.AccountType.Service });

        Assert.False(flags.Has(FindingCode.NoEmail));
        Assert.True(flags.Has(FindingCode.ServiceAccount));
    }

    [Theory]
    [InlineData("ada@example.com", false)]
    [InlineData("ada@EXAMPLE.com", false)]
    [InlineData("ada@sub.example.net", false)]
    [InlineData("ada@example.net", true)]
    [InlineData("ada@notexample.com", true)]
    [InlineData("ada@example.com.evil.org", true)]
    public void External_Domains_DecideByTheWholeDomain(string email, bool expected)
        => Assert.Equal(expected, Flags(new() { Email = email }, new() { Domains = ["example.com", "*.example.net"] }).Has(FindingCode.External));

    [Fact]
    public void External_NoDomainsGiven_OnlyGuestsAre()
    {
        Assert.False(Flags(new() { Email = "ada@anywhere.org" }).Has(FindingCode.External));
        Assert.True(Flags(new() { Login = "ada_partner.org#EXT#@example.onmicrosoft.com" }).Has(FindingCode.External));
    }

    [Theory]
    [InlineData(ResourceStatus.Enabled, true, false, false)]
    [InlineData(ResourceStatus.Disabled, false, true, false)]
    [InlineData(ResourceStatus.Deleted, false, true, false)]
    [InlineData(ResourceStatus.Unspecified, false, false, true)]
    public void Status_WithAndWithoutAccess_IsPointedOut(ResourceStatus status, bool noAccess, bool disabledWithAccess, bool unknown)
    {
        Assert.Equal(noAccess, Flags(new() { Status = status }).Has(FindingCode.NoAccess));
        Assert.False(Flags(new() { Status = status }).Has(FindingCode.DisabledWithAccess));
        var holder = WithRole("Viewer", Books.Person("1", new() { Status = status })).Accounts.Single();
        Assert.False(holder.Flags.Has(FindingCode.NoAccess));
        Assert.Equal(disabledWithAccess, holder.Flags.Has(FindingCode.DisabledWithAccess));
        Assert.Equal(unknown, holder.Flags.Has(FindingCode.UnknownStatus));
    }

    [Fact]
    public void StatusConflict_TraitSaysOtherwise_IsPointedOut()
    {
        var person = Books.Person("1", new() { Status = ResourceStatus.Disabled });
        var trait = person.Annotations[0].Unpack<UserTrait>();
#pragma warning disable CS0612
        trait.Status = new UserTrait.Types.Status { Status_ = UserStatus.Enabled };
#pragma warning restore CS0612
        person.Annotations[0] = Any.Pack(trait);

        var account = Books.OfAccount(person);

        Assert.Equal(AccountStatus.Disabled, account.Status);
        Assert.True(account.Flags.Has(FindingCode.StatusConflict));
    }

    [Fact]
    public void ServerAdmin_Profile_MarksTheAccountAndNoGrant()
    {
        var book = WithRole("Viewer", Books.Person("1", new() { Profile = """{"is_grafana_admin":true}""" }));

        Assert.True(book.Accounts.Single().Flags.Has(FindingCode.ServerAdmin));
        Assert.False(book.Rows.Single().Flags.Has(FindingCode.Privileged));
    }

    [Fact]
    public void DefaultAdmin_EnabledAndSeenLately_IsPointedOut()
    {
        Assert.True(Flags(new() { Login = "Admin" }).Has(FindingCode.DefaultAdmin));
        Assert.False(Flags(new() { Login = "Admin", LastSeen = AsOf.AddDays(-91) }).Has(FindingCode.DefaultAdmin));
        Assert.False(Flags(new() { Login = "Admin", Status = ResourceStatus.Disabled }).Has(FindingCode.DefaultAdmin));
        Assert.False(Flags(new() { Login = "administrator2" }).Has(FindingCode.DefaultAdmin));
    }

    [Fact]
    public void LocalSignIn_OthersComeFromAProvider_IsPointedOut()
    {
        var managed = Books.Person("1", new() { Profile = """{"auth_labels":"LDAP"}""" });
        var local = Books.Person("2", new() { Email = "other@example.com" });
        var both = Accounts(managed, local);

        Assert.Equal(SignInKind.Managed, both[0].SignIn);
        Assert.False(both[0].Flags.Has(FindingCode.LocalSignIn));
        Assert.Equal(SignInKind.Local, both[1].SignIn);
        Assert.True(both[1].Flags.Has(FindingCode.LocalSignIn));
        Assert.False(Books.OfAccount(local).Flags.Has(FindingCode.LocalSignIn));
    }

    [Fact]
    public void DuplicateIdentity_SameAddressInOtherCase_IsPointedOutOnEnabledAccounts()
    {
        var accounts = Accounts(
            Books.Person("1", new() { Email = "ada@example.com" }),
            Books.Person("2", new() { Email = "ADA@example.com" }),
            Books.Person("3", new() { Email = "ada@example.com", Status = ResourceStatus.Disabled }));

        Assert.Equal((bool[])[true, true, false], accounts.Select(account => account.Flags.Has(FindingCode.DuplicateIdentity)));
    }

    [Theory]
    [InlineData("Admin", true)]
    [InlineData("org_owner", true)]
    [InlineData("fixed:users:admin", true)]
    [InlineData("GrafanaAdmin", true)]
    [InlineData("Editor", false)]
    [InlineData("Badminton", false)]
    public void Privileged_UsualNames_AreWords(string role, bool expected)
        => Assert.Equal(expected, WithRole(role, Books.Person("1")).Rows.Single().Flags.Has(FindingCode.Privileged));

    [Fact]
    public void Privileged_GivenNames_TakeThePlaceOfTheUsualOnes()
    {
        var options = new EvidenceOptions { Privilege = new PrivilegeRule(["slug=editor"]) };

        Assert.True(WithRole("Editor", Books.Person("1"), options).Rows.Single().IsPrivileged);
        Assert.False(WithRole("Admin", Books.Person("1"), options).Rows.Single().IsPrivileged);
    }

    [Fact]
    public void ServicePrivileged_ServiceAccountWithAdmin_IsPointedOut()
    {
        var flags = WithRole("Admin", Books.Person("1", new() { Type = UserTrait.Types.AccountType.Service })).Rows.Single().Flags;

        Assert.True(flags.Has(FindingCode.ServicePrivileged));
        Assert.Equal(Severity.High, FindingList.SeverityOf(FindingCode.Privileged, flags));
    }

    [Fact]
    public void Privileged_NothingElseWrong_IsForInformation()
        => Assert.Equal(Severity.Info, FindingList.SeverityOf(FindingCode.Privileged, WithRole("Admin", Books.Person("1")).Rows.Single().Flags));

    [Fact]
    public void DirectAndInherited_BothWays_IsPointedOut()
    {
        var row = Books.OfFixture(Fixtures.Expansion).Rows.Single(row => row.GrantId == "group:b:member:user:1");

        Assert.True(row.Flags.Has(FindingCode.DirectAndInherited));
    }

    [Fact]
    public void Administrators_NoneOrOne_ArePointedOut()
    {
        Assert.Contains(FindingList.Of(WithRole("Admin", Books.Person("1"))), finding => finding.Code == FindingCode.SingleAdmin);
        var nobody = WithRole("Viewer", Books.Person("1"));
        Assert.DoesNotContain(FindingList.Of(nobody), finding => finding.Code is FindingCode.SingleAdmin or FindingCode.NoAdmin);
        var org = TemporaryFile.Resource("org", "1", "Main");
        var viewer = TemporaryFile.Entitlement(org, "Viewer");
        var withRole = Books.Of(new(), sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put([org, Books.Person("1")]);
            sync.Put([viewer, TemporaryFile.Entitlement(org, "Admin")]);
            sync.Put([TemporaryFile.Grant(viewer, TemporaryFile.User("1"))]);
        });
        Assert.Contains(FindingList.Of(withRole), finding => finding.Code == FindingCode.NoAdmin && finding.SubjectId == "org:1");
    }

    [Fact]
    public void Tokens_WithoutEndEndedOrUnused_ArePointedOut()
    {
        var book = Books.Of(new(), sync =>
        {
            sync.Put([new ResourceType { Id = "token", Traits = { ResourceType.Types.Trait.Secret } }]);
            sync.Put(
            [
                Token("eternal", null, AsOf),
                Token("ended", AsOf.AddDays(-1), AsOf),
                Token("idle", AsOf.AddDays(9), AsOf.AddDays(-91)),
                Token("good", AsOf.AddDays(9), AsOf.AddDays(-90)),
            ]);
        });

        var found = FindingList.Of(book).Select(finding => (finding.Code, finding.Subject)).ToList();

        Assert.Contains((FindingCode.TokenNoExpiry, "eternal"), found);
        Assert.Contains((FindingCode.TokenExpired, "ended"), found);
        Assert.Contains((FindingCode.TokenUnused, "idle"), found);
        Assert.DoesNotContain(found, finding => finding.Subject == "good");
    }

    [Fact]
    public void List_Severities_GoFromHighToLow()
    {
        var severities = FindingList.Of(Books.OfFixture(Fixtures.TwoSyncs)).Select(finding => finding.Severity).ToList();

        Assert.NotEmpty(severities);
        Assert.Equal(severities.OrderDescending(), severities);
    }

    // The sync ends an hour after the file's own beginning.
    private static DateTimeOffset AsOf => Books.Synced;

    private static FindingSet Flags(PersonFacts facts, EvidenceOptions? options = null) => Books.OfAccount(Books.Person("1", facts), AsOfSync(options)).Flags;

    private static EvidenceOptions AsOfSync(EvidenceOptions? options) => (options ?? new()) with { AsOf = options?.AsOf ?? AsOf };

    private static IReadOnlyList<Principal> Accounts(params Resource[] people) => Books.Of(AsOfSync(null), sync =>
    {
        sync.Put([Types.User]);
        sync.Put(people);
    }).Accounts;

    private static AccessBook WithRole(string role, Resource person, EvidenceOptions? options = null)
    {
        var org = TemporaryFile.Resource("org", "1", "Main");
        var entitlement = TemporaryFile.Entitlement(org, role);
        return Books.Of(AsOfSync(options), sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put([org, person]);
            sync.Put([entitlement]);
            sync.Put([TemporaryFile.Grant(entitlement, person)]);
        });
    }

    private static Resource Token(string name, DateTimeOffset? expires, DateTimeOffset used)
    {
        var token = TemporaryFile.Resource("token", name, name);
        token.Annotations.Add(Any.Pack(new SecretTrait { ExpiresAt = expires?.ToTimestamp(), LastUsedAt = used.ToTimestamp() }));
        return token;
    }
}
