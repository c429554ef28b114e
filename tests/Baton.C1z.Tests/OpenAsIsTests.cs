using Baton.C1z.Tests.Support;
using Google.Protobuf;

namespace Baton.C1z.Tests;

public sealed class OpenAsIsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [MemberData(nameof(Fixture.Names), MemberType = typeof(Fixture))]
    public void OpenAsIs_FileOfUpstream_ListsWhatMigrationWould(string name)
    {
        var path = new Fixture(name).Path;
        using var asIs = C1zFile.OpenAsIs(path, _folder.Options);
        using var migrated = C1zFile.OpenRead(path, _folder.Options);

        foreach (var run in migrated.Syncs.All())
        {
            var (one, other) = (asIs.Read(run), migrated.Read(run));
            Assert.Equal(other.ResourceTypes(), one.ResourceTypes());
            Assert.Equal(other.Resources(), one.Resources());
            Assert.Equal(other.Entitlements(), one.Entitlements());
            Assert.Equal(other.Grants(), one.Grants());
        }
    }

    [Fact]
    public void OpenAsIs_GrantsOfAnOldWriter_ComeWithoutWhatExpandsThem()
    {
        var path = OldFile();

        using var file = C1zFile.OpenAsIs(path, _folder.Options);

        Assert.Equal(Samples.Grants.Select(Samples.WithoutExpandable), file.Read(file.Syncs.Default()!).Grants());
    }

    [Fact]
    public void SaveSync_GrantsOfAnOldWriterAmongOthers_AreMigrated()
    {
        var path = OldFile();
        using (var file = C1zFile.OpenWrite(path, _folder.Options))
        {
            using var writer = file.BeginSync(C1z.Syncs.SyncType.Full);
            writer.End();
            file.Save();
        }

        using (var file = C1zFile.OpenAsIs(path, _folder.Options))
        {
            file.SaveSync(file.Syncs.All()[0], _folder.In("copy.c1z"));
        }

        using var copy = _folder.OpenRead("copy.c1z");
        var reader = copy.Read(Assert.Single(copy.Syncs.All()));
        Assert.Equal(Samples.Grants.Select(Samples.WithoutExpandable), reader.Grants());
        Assert.Equal(Samples.Expandable("group:2:member"), Assert.Single(reader.ExpandableGrants()).Expansion);
    }

    [Fact]
    public void OpenAsIs_Closed_LeavesNothing()
    {
        C1zFile.OpenAsIs(OldFile(), _folder.Options).Dispose();

        _folder.AssertNothingIsLeft();
    }

    public void Dispose() => _folder.Dispose();

    // A current file with the messages, and the mark, of an old one.
    private string OldFile()
    {
        using (var file = _folder.OpenWrite("old.c1z"))
        {
            using var writer = file.BeginSync(C1z.Syncs.SyncType.Full);
            Samples.PutAll(writer);
            writer.End();
            file.Access(database =>
            {
                foreach (var grant in Samples.Grants)
                {
                    database.Execute(
                        $"UPDATE v1_grants SET data = x'{Convert.ToHexString(grant.ToByteArray())}', expansion = NULL, needs_expansion = 0 WHERE external_id = ?1", grant.Id);
                }

                database.Execute("UPDATE v1_sync_runs SET grants_backfilled = 0");
            });
            file.Save();
        }

        return _folder.In("old.c1z");
    }
}
