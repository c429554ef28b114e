using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Evidence.Access;
using Baton.Evidence.Changes;
using Baton.Evidence.Findings;
using Baton.Evidence.Tests.Files;

namespace Baton.Evidence.Tests.Changes;

public sealed class AccessChangesTests
{
    [Fact]
    public void All_FixtureOfTwoSyncs_NamesEveryChange()
    {
        var changes = BetweenSyncs();

        Assert.Equal(
            (string[])
            [
                "Granted dave Main Org. >Viewer",
                "Granted dave Platform Team >Admin UP",
                "RoleChanged bob Platform Team Viewer>Editor",
                "Removed carol Main Org. Viewer>",
                "AccountDisabled alice  enabled>disabled",
                "AccountAdded dave  >enabled",
            ],
            changes.All().Select(Text).ToArray());
    }

    [Fact]
    public void Since_Rows_SayWhatHappened()
    {
        var changes = BetweenSyncs();

        Assert.Equal(
            (string[])["new", "role changed (from Viewer)", "unchanged"],
            changes.Now.Rows.Select(changes.Since).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray());
        Assert.Contains(FindingList.Of(changes.Now, changes), finding => finding.Code == FindingCode.NewPrivileged && finding.SubjectId == "user:5");
    }

    [Fact]
    public void All_SameSync_IsEmpty()
    {
        var book = Books.OfFixture(Fixtures.Expansion);

        Assert.Empty(new AccessChanges(book, Books.OfFixture(Fixtures.Expansion)).All());
        Assert.All(book.Rows, row => Assert.Equal("unchanged", new AccessChanges(book, book).Since(row)));
    }

    private static string Text(AccessChange change)
        => $"{change.Kind} {change.Account.Login} {change.Target?.Name} {change.Before}>{change.After}{(change.IsPrivilegeUp ? " UP" : "")}";

    private static AccessChanges BetweenSyncs()
    {
        using var file = C1zFile.OpenRead(Fixtures.PathOf(Fixtures.TwoSyncs));
        var books = file.Syncs.All().Where(run => run.Type == SyncType.Full)
            .Select(run => AccessBook.Read(file.Read(run), new(), CancellationToken.None)).ToList();
        return new(books[0], books[^1]);
    }
}
