using Baton.C1z.Container;
using Baton.C1z.Schema;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Syncs;

public sealed class SyncRetentionTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly C1zFile _file;

    public SyncRetentionTests() => _file = _folder.OpenWrite("out.c1z");

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, false, "b c d")]
    [InlineData(2, false, "b c")]
    [InlineData(4, false, "")]
    [InlineData(9, false, "")]
    [InlineData(1, true, "b c d e")]
    [InlineData(2, true, "b c d")]
    [InlineData(5, true, "")]
    public void DeleteOldSyncs_FullOnes_TheOldestRowsGo(int keep, bool open, string deleted)
    {
        // Rows, not times, say which is older.
        Runs.Add(_file, "b", "full", 50, 51);
        Runs.Add(_file, "c", "full", 10, 11);
        Runs.Add(_file, "d", "later", 20, 21);
        Runs.Add(_file, "e", "full", 30, 31);
        var current = open ? _file.BeginSync(SyncType.Full).Run : null;

        AssertDeleted(deleted, keep, current);
    }

    [Theory]
    [InlineData(SyncType.Partial)]
    [InlineData(SyncType.Full)]
    public void DeleteOldSyncs_CurrentOne_StaysWhateverItIs(SyncType type)
    {
        Runs.Add(_file, "a", "full", 10, 11);
        var writer = _file.BeginSync(type);
        writer.End();

        AssertDeleted("a", keep: 1, writer.Run);
    }

    [Fact]
    public void DeleteOldSyncs_UnfinishedOnes_StayHoweverOld()
    {
        Runs.Add(_file, "unfinished full", "full", 0, null);
        Runs.Add(_file, "unfinished partial", "partial", 0, null);
        Runs.Add(_file, "unfinished difference", "partial_upserts", 0, null);
        Runs.Add(_file, "a", "full", 10, 11);
        Runs.Add(_file, "b", "full", 20, 21);

        AssertDeleted("a", keep: 1, current: null);
    }

    [Theory]
    [InlineData(false, "a old-partial old-resources")]
    [InlineData(true, "a b old-partial old-resources")]
    public void DeleteOldSyncs_PartialOnes_GoWithTheFullSyncsTheyPrecede(bool open, string deleted)
    {
        // The cutoff is the oldest full sync that stays; with one open it is the newest that goes.
        Runs.Add(_file, "a", "full", 10, 20);
        Runs.Add(_file, "old-partial", "partial", 21, 29);
        Runs.Add(_file, "old-resources", "resources_only", 21, 29);
        Runs.Add(_file, "b", "full", 30, 40);
        Runs.Add(_file, "overlapping", "partial", 25, 30);
        Runs.Add(_file, "new", "resources_only", 41, 45);
        Runs.Add(_file, "c", "full", 50, 60);
        var current = open ? _file.BeginSync(SyncType.Full).Run : null;

        AssertDeleted(deleted, keep: 2, current);
    }

    [Fact]
    public void DeleteOldSyncs_NoFullOneGoes_PartialOnesStay()
    {
        Runs.Add(_file, "partial", "partial", 1, 2);
        Runs.Add(_file, "a", "full", 10, 20);
        Runs.Add(_file, "b", "full", 30, 40);

        AssertDeleted("", keep: 2, current: null);
    }

    [Fact]
    public void DeleteOldSyncs_TwoDifferences_Stay()
    {
        Runs.Add(_file, "u", "partial_upserts", 1, 2);
        Runs.Add(_file, "d", "partial_deletions", 1, 2);

        AssertDeleted("", keep: 1, current: null);
    }

    [Fact]
    public void DeleteOldSyncs_MoreDifferences_TheNewestAndItsOtherHalfStay()
    {
        Runs.Add(_file, "u2", "partial_upserts", 1, 2, linked: "d2");
        Runs.Add(_file, "u1", "partial_upserts", 1, 2, linked: "d1");
        Runs.Add(_file, "d1", "partial_deletions", 1, 2, linked: "u1");
        Runs.Add(_file, "d2", "partial_deletions", 1, 2, linked: "u2");

        AssertDeleted("u1 d1", keep: 1, current: null);
    }

    [Fact]
    public void DeleteOldSyncs_NewestDifferenceIsLinkedToNothing_StaysAlone()
    {
        Runs.Add(_file, "u1", "partial_upserts", 1, 2);
        Runs.Add(_file, "d1", "partial_deletions", 1, 2);
        Runs.Add(_file, "u2", "partial_upserts", 1, 2, linked: "gone");

        AssertDeleted("u1 d1", keep: 1, current: null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void DeleteOldSyncs_KeepNothing_IsRefused(int keep)
    {
        Runs.Add(_file, "a", "full", 10, 20);

        Assert.Throws<ArgumentOutOfRangeException>(() => _file.DeleteOldSyncs(keep, current: null));
        Assert.Single(_file.Syncs.All());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void DeleteOldSyncs_AccountThatIsInNoSyncAnyMore_IsNotInTheFile(int others)
    {
        var path = _folder.In("gone.c1z");
        using (var file = _folder.OpenWrite("gone.c1z"))
        {
            var first = file.BeginSync(SyncType.Full);
            first.Put([Samples.Resource("user", "left-the-company"), .. Enumerable.Range(0, 500).Select(i => Samples.Resource("user", $"{i}"))]);
            first.End();
            _folder.Time.Advance(TimeSpan.FromSeconds(1));

            var second = file.BeginSync(SyncType.Full);
            Assert.Single(file.DeleteOldSyncs(1, second.Run));
            second.Put([.. Enumerable.Range(0, others).Select(i => Samples.Resource("user", $"{i}"))]);
            second.End();
            file.Save();
        }

        var database = _folder.In("gone.db");
        ContainerReader.Unpack(path, database, DecodeLimits.Default);
        Assert.Equal(-1, File.ReadAllBytes(database).AsSpan().IndexOf("left-the-company"u8));
    }

    [Fact]
    public void DeleteOldSyncs_DuringALoad_TakesEveryRowAndLeavesOthersWhole()
    {
        using (var first = _folder.OpenWrite("whole.c1z"))
        {
            for (var i = 0; i < 3; i++)
            {
                var writer = first.BeginSync(SyncType.Full);
                Samples.PutAll(writer);
                first.Access(database => database.Execute(
                    "INSERT INTO v1_assets (external_id, content_type, data, sync_id, discovered_at) VALUES ('a', 'b', x'00', ?1, '')", writer.Run.Id));
                first.Access(database => database.Execute(
                    "INSERT INTO v1_connector_sessions (sync_id, key, value) VALUES (?1, 'k', x'00')", writer.Run.Id));
                writer.End();
                _folder.Time.Advance(TimeSpan.FromSeconds(1));
            }

            var current = first.BeginSync(SyncType.Full);
            Samples.PutAll(current);
            Samples.PutAll(current);
            Assert.Equal(2, first.DeleteOldSyncs(SyncRetention.DefaultKeep, current.Run).Count);
            Samples.PutAll(current);
            current.End();
            first.Save();
        }

        using var file = _folder.OpenRead("whole.c1z");
        Assert.Equal(2, file.Syncs.All().Count);
        Assert.All(file.Syncs.All(), run => Samples.AssertAll(file.Read(run)));
        Assert.All(C1zSchema.SyncTables, table => Assert.Empty(file.Access(database => RawFile.Query(
            database, $"SELECT id FROM {table} WHERE sync_id NOT IN (SELECT sync_id FROM v1_sync_runs)"))));
        using var raw = new RawFile(_folder.In("whole.c1z"));
        Assert.Equal(DatabaseShape.OfANewFile, DatabaseShape.Of(raw));
        Assert.Equal(["0"], raw.Query("SELECT freelist_count FROM pragma_freelist_count"));
    }

    private void AssertDeleted(string ids, int keep, SyncRun? current)
    {
        var before = _file.Syncs.All().Select(run => run.Id).ToList();
        var expected = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();

        var deleted = _file.DeleteOldSyncs(keep, current).ToList();

        Assert.Equal(expected.Order(StringComparer.Ordinal), deleted.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(before.Except(expected, StringComparer.Ordinal), _file.Syncs.All().Select(run => run.Id), StringComparer.Ordinal);
    }
}
