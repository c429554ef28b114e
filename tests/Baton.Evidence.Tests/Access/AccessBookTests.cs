using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Tests.Files;
using CsCheck;

namespace Baton.Evidence.Tests.Access;

public sealed class AccessBookTests
{
    [Fact]
    public void Read_GrafanaFixture_HoldsEveryGrantInOrder()
    {
        var book = Books.OfFixture(Fixtures.Grafana);

        Assert.Equal(Fixtures.Listings(Fixtures.Grafana)["grants"]!["grants"]!.AsArray().Count, book.Rows.Count);
        Assert.Equal(4, book.Accounts.Count);
        Assert.Equal(
            (string[])["Main Org.|Admin|admin", "Main Org.|Viewer|alice", "Main Org.|Viewer|bob", "Main Org.|Viewer|carol"],
            book.Rows.Where(row => row.Target.Id == "1").Select(row => $"{row.Target.Name}|{row.Role.Name}|{row.Account.Login}").ToArray());
        Assert.All(book.Rows, row => Assert.Equal("direct", row.How.Text));
    }

    [Fact]
    public void Read_DisabledOnTheResource_IsDisabledWhateverTheTraitSays()
    {
        var alice = Books.OfFixture(Fixtures.TwoSyncs).Accounts.Single(account => account.Login == "alice");

        Assert.Equal(AccountStatus.Disabled, alice.Status);
        Assert.True(alice.Flags.Has(FindingCode.DisabledWithAccess));
    }

    [Fact]
    public void Read_ExpandedGrants_SayWhatTheyAreInheritedFrom()
    {
        var book = Books.OfFixture(Fixtures.Expansion);

        var byHow = book.Rows.ToDictionary(row => $"{row.Role.Id}:{row.Account.Reference}", row => row, StringComparer.Ordinal);
        Assert.Equal(Fixtures.Listings(Fixtures.Expansion)["grants"]!["grants"]!.AsArray().Count, byHow.Count);
        Assert.Equal("direct", byHow["org:1:admin:user:4"].How.Text);
        Assert.StartsWith("via ", byHow["org:1:admin:user:3"].How.Text, StringComparison.Ordinal);
        Assert.StartsWith("direct and via ", byHow["group:b:member:user:1"].How.Text, StringComparison.Ordinal);
        Assert.False(byHow["org:1:admin:user:3"].IsRevocable);
        Assert.Equal(AccountKind.Group, byHow["org:1:admin:group:c"].Account.Kind);
    }

    [Fact]
    public void Read_DanglingReferences_KeepTheirRows()
    {
        var org = TemporaryFile.Resource("org", "1", "Main");
        var admin = TemporaryFile.Entitlement(org, "Admin");
        var gone = TemporaryFile.Entitlement(TemporaryFile.Resource("org", "404", "Gone"), "Viewer");
        var book = Books.Of(new(), sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put([org, Books.Person("1")]);
            sync.Put([admin]);
            sync.Put([TemporaryFile.Grant(admin, TemporaryFile.User("77")), TemporaryFile.Grant(gone, TemporaryFile.User("1"))]);
        });

        Assert.Equal(2, book.Rows.Count);
        Assert.All(book.Rows, row => Assert.True(row.Flags.Has(FindingCode.DanglingReference)));
        Assert.All(book.Rows, row => Assert.False(row.IsRevocable));
        Assert.Contains(book.Rows, row => row.Account.Name == "MISSING RESOURCE (user:77)");
        Assert.Contains(book.Rows, row => row.Target.Name == "MISSING RESOURCE (org:404)");
    }

    [Fact]
    public void Read_TheSameRoleGrantedTwice_HasTwoRowsWithIdsOfTheirOwn()
    {
        var org = TemporaryFile.Resource("org", "1", "Main");
        var admin = TemporaryFile.Entitlement(org, "Admin");
        var second = TemporaryFile.Grant(admin, TemporaryFile.User("1"));
        second.Id = "another";
        var book = Books.Of(new(), sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put([org, Books.Person("1")]);
            sync.Put([admin]);
            sync.Put([second, TemporaryFile.Grant(admin, TemporaryFile.User("1"))]);
        });

        Assert.Equal((string[])["another", "org:1:Admin:user:1"], book.Rows.Select(row => row.GrantId).ToArray());
        Assert.Equal(2, book.Rows.Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public void Organization_ParentsInACircle_Ends()
    {
        var left = TemporaryFile.Resource("org", "1", "Left");
        var right = TemporaryFile.Resource("org", "2", "Right");
        left.ParentResourceId = right.Id;
        right.ParentResourceId = left.Id;
        var book = Books.Of(new(), sync =>
        {
            sync.Put([Types.Org]);
            sync.Put([left, right]);
            sync.Put([TemporaryFile.Entitlement(left, "Admin")]);
        });

        Assert.True(book.Targets.Single().Organization is "Left" or "Right");
    }

    [Fact]
    public void GrantId_UnusualName_IsKeptToTheLetter() => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String).Sample((id, role, type, principal) =>
    {
        var account = AccountReading.Missing(type, principal);
        var target = new AccessTarget { TypeId = "org", TypeName = "org", Id = "1", Name = "Main" };
        var entitlement = new AccessRole { Id = role, Name = role, Target = target };

        Assert.Equal(id, new AccessRow(account, entitlement, HowObtained.Direct, id, isImmutable: false).GrantId);
        var usual = $"{role}:{type}:{principal}";
        Assert.Equal(usual, new AccessRow(account, entitlement, HowObtained.Direct, usual, isImmutable: false).GrantId);
    });

    [Fact]
    public void RowId_Parts_CannotBeMovedFromOneToTheNext()
    {
        Assert.NotEqual(RowId.Of("a", "bc"), RowId.Of("ab", "c"));
        Assert.NotEqual(RowId.Of("a|b"), RowId.Of("a", "b"));
    }

    [Fact]
    public void RowId_Text_GivesTheIdBack() => Gen.ULong.Sample(value => RowId.Parse(new RowId(value).ToString()) == new RowId(value));

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0")]
    [InlineData("r0123456789abcde")]
    [InlineData("r0123456789abcdex")]
    public void RowId_AnythingElse_IsNone(string text) => Assert.Null(RowId.Parse(text));
}
