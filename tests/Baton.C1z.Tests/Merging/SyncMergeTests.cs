using Baton.C1z.Merging;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.C1z.Tests.Writing;
using CsCheck;
using Google.Protobuf;

namespace Baton.C1z.Tests.Merging;

public sealed class SyncMergeTests : IDisposable
{
    private readonly MergeRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Merge_TwoSyncs_HoldsWhatEitherHoldsAndOfBothTheNewerRow()
    {
        var older = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        var renamed = Samples.Resource("user", "ada");
        renamed.DisplayName = "Ada";
        var newer = _rig.Write("b.c1z", SyncType.Partial, writer =>
        {
            writer.Put([renamed, Samples.Resource("user", "bob")]);
            writer.Put([Samples.Grant(Samples.Entitlements[1], Samples.Resource("user", "bob"))]);
        });

        var merged = _rig.Merge("m.c1z", older, newer);

        using var file = _rig.Folder.OpenRead("m.c1z");
        var run = Assert.Single(file.Syncs.All());
        Assert.Equal((merged.SyncId, SyncType.Full, true, "", ""), (run.Id, run.Type, run.IsFinished, run.ParentId, run.LinkedId));
        var reader = file.Read(run);
        Assert.Equal("group 1, group 2, Ada, user bob", string.Join(", ", reader.Resources().Select(resource => resource.DisplayName)));
        Assert.Equal("group:2:member:user:ada group:1:member:group:2 group:2:member:user:bob", string.Join(' ', reader.Grants().Select(grant => grant.Id)));
        Assert.Equal("group:1:member:group:2", Assert.Single(reader.ExpandableGrants()).Grant.Id);
        Assert.Equal((2, 4, 2, 3), (reader.Stats().ResourceTypes, reader.Stats().Resources, reader.Stats().Entitlements, reader.Stats().Grants));
        Assert.Contains("\"grants\":3", run.Stats, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_Sources_AreNotChanged()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        var b = _rig.Write("b.c1z", SyncType.Partial, writer => writer.Put(Samples.Resources));
        var before = (File.ReadAllBytes(a.Path), File.ReadAllBytes(b.Path));

        _rig.Merge("m.c1z", a, b);

        Assert.Equal(before.Item1, File.ReadAllBytes(a.Path));
        Assert.Equal(before.Item2, File.ReadAllBytes(b.Path));
        _rig.Folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Merge_FileOfTheModel_HasTheSchemaOfAnyOther()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        var b = _rig.Write("b.c1z", SyncType.Partial, writer => writer.Put(Samples.Resources));

        var merged = _rig.Merge("m.c1z", a, b);

        using var plain = new RawFile(a.Path);
        using var raw = new RawFile(merged.Path);
        const string schema = "SELECT type || name || ifnull(sql, '') FROM sqlite_schema ORDER BY 1";
        Assert.Equal(plain.Query(schema), raw.Query(schema));
        Assert.Equal(["ok"], raw.Query("PRAGMA integrity_check"));
        Assert.Equal(["1"], raw.Query("SELECT grants_backfilled FROM v1_sync_runs"));
    }

    [Fact]
    public void Merge_RowsOfOneTime_TheLaterSourceWins()
    {
        var (first, second) = (Samples.Resource("user", "ada"), Samples.Resource("user", "ada"));
        (first.DisplayName, second.DisplayName) = ("first", "second");
        var a = Put("a.c1z", first);
        var b = Put("b.c1z", second);

        _rig.Merge("ab.c1z", a, b);
        _rig.Merge("ba.c1z", b, a);

        Assert.Equal("second", Name("ab.c1z"));
        Assert.Equal("first", Name("ba.c1z"));

        SyncSource Put(string name, Protocol.Connector.V2.Resource resource)
        {
            using var file = _rig.Folder.OpenWrite(name);
            var writer = file.BeginSync(SyncType.Full);
            writer.Put([resource]);
            writer.End();
            file.Save();
            return new(_rig.Folder.In(name), writer.Run.Id);
        }

        string Name(string name)
        {
            using var file = _rig.Folder.OpenRead(name);
            return Assert.Single(file.Read(file.Syncs.Default()!).Resources()).DisplayName;
        }
    }

    [Theory]
    [InlineData(SyncType.Full, SyncType.Partial, SyncType.Full)]
    [InlineData(SyncType.Partial, SyncType.Full, SyncType.Full)]
    [InlineData(SyncType.ResourcesOnly, SyncType.Full, SyncType.Full)]
    [InlineData(SyncType.Partial, SyncType.ResourcesOnly, SyncType.ResourcesOnly)]
    [InlineData(SyncType.Partial, SyncType.Partial, SyncType.Partial)]
    public void Merge_Types_TheWidestIsTheResult(SyncType left, SyncType right, SyncType expected)
    {
        _rig.Merge("m.c1z", _rig.Write("a.c1z", left, _ => { }), _rig.Write("b.c1z", right, _ => { }));

        using var file = _rig.Folder.OpenRead("m.c1z");
        Assert.Equal(expected, Assert.Single(file.Syncs.All()).Type);
    }

    [Fact]
    public void Merge_OldWritersFile_BringsWhatExpandsIntoItsColumn()
    {
        var expandable = Samples.Grant(Samples.Entitlements[0], Samples.Resources[1], Samples.Expandable("group:2:member"));
        var old = _rig.Write("old.c1z", SyncType.Full, Samples.PutAll);
        using (var raw = new RawFile(old.Path))
        {
            File.WriteAllBytes(old.Path, RawFile.PackDatabase(
                $"UPDATE v1_sync_runs SET grants_backfilled = 0; UPDATE v1_grants SET expansion = NULL, needs_expansion = 0; UPDATE v1_grants SET data = x'{Convert.ToHexString(expandable.ToByteArray())}' "
                + $"WHERE external_id = '{expandable.Id}'",
                raw.Database));
        }

        var merged = _rig.Merge("m.c1z", old, _rig.Write("b.c1z", SyncType.Partial, writer => writer.Put(Samples.Types)));

        Assert.Equal(MergeRig.Rows(_rig.Write("new.c1z", SyncType.Full, Samples.PutAll)), MergeRig.Rows(merged));
    }

    [Theory]
    [MemberData(nameof(Fixture.Names), MemberType = typeof(Fixture))]
    public void Merge_FileOfUpstream_KeepsEveryRow(string name)
    {
        var path = new Fixture(name).Path;
        using var file = C1zFile.OpenRead(path, _rig.Folder.Options);
        var source = new SyncSource(path, file.Syncs.LatestFinished()!.Id);
        var rows = MergeRig.Rows(source with { Path = MigratedCopy(path) });

        var merged = _rig.Merge("m.c1z", source, _rig.Write("b.c1z", SyncType.Partial, _ => { }));

        Assert.Equal(rows, MergeRig.Rows(merged));
        Assert.NotEmpty(rows);
    }

    [Fact]
    public void Merge_AnyTwoSyncs_IsTheUnionWithTheNewerRowsWhateverTheOrder()
        => Gen.Select(Step.Sequences, Step.Sequences).Sample(
            (older, newer) =>
            {
                using var rig = new MergeRig();
                var a = rig.Write("a.c1z", SyncType.Full, writer => older.ForEach(step => step.Apply(writer)));
                var b = rig.Write("b.c1z", SyncType.Partial, writer => newer.ForEach(step => step.Apply(writer)));
                var expected = MergeRig.Rows(a);
                foreach (var (id, row) in MergeRig.Rows(b))
                {
                    expected[id] = row;
                }

                var merged = rig.Merge("ab.c1z", a, b);

                Assert.Equal(expected, MergeRig.Rows(merged));
                Assert.Equal(expected, MergeRig.Rows(rig.Merge("ba.c1z", b, a)));

                // Once more is no more.
                Assert.Equal(expected, MergeRig.Rows(rig.Merge("again.c1z", merged, a)));
                Assert.Equal(expected, MergeRig.Rows(rig.Merge("twice.c1z", b, merged, a)));
            },
            iter: 60);

    [Fact]
    public void Add_UnknownSync_NamesThoseThatThereAre()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, _ => { });

        var refusal = Refused(a with { SyncId = "nope" });

        Assert.Equal((C1zError.NoSuchSync, $"there is no sync nope in {a.Path}; it holds {a.SyncId} (full)"), (refusal.Error, refusal.Message));
    }

    [Fact]
    public void Add_UnfinishedSync_IsRefused()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll, end: false);

        var refusal = Refused(a);

        Assert.Equal(
            (C1zError.UnsuitableSync, $"sync {a.SyncId} in {a.Path} has not ended, and what it lacks is not known: let it be finished, or choose another"),
            (refusal.Error, refusal.Message));
    }

    [Theory]
    [InlineData(SyncType.PartialDeletions, "partial_deletions")]
    [InlineData(SyncType.PartialUpserts, "partial_upserts")]
    public void Add_HalfOfADifference_IsRefused(SyncType type, string name)
    {
        var a = _rig.Write("a.c1z", type, _ => { });

        var refusal = Refused(a);

        Assert.Equal(
            (C1zError.UnsuitableSync, $"sync {a.SyncId} in {a.Path} is of the type {name} and cannot be merged: only full, partial and resources_only syncs can"),
            (refusal.Error, refusal.Message));
    }

    [Fact]
    public void Add_RowThatOurTablesRefuse_BlamesTheSource()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        using (var raw = new RawFile(a.Path))
        {
            File.WriteAllBytes(a.Path, RawFile.PackDatabase(
                "DROP TABLE v1_assets; CREATE TABLE v1_assets (id integer primary key, external_id text, content_type text, data blob, sync_id text, discovered_at datetime);"
                + $"INSERT INTO v1_assets (external_id, sync_id) VALUES ('x', '{a.SyncId}')",
                raw.Database));
        }

        var refusal = Refused(a);

        Assert.Equal(C1zError.Corrupt, refusal.Error);
        Assert.StartsWith($"{a.Path} is damaged: NOT NULL constraint failed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_RowNumbersFarApart_AreAllFound()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, writer => writer.Put(Samples.Resources));
        using (var raw = new RawFile(a.Path))
        {
            File.WriteAllBytes(a.Path, RawFile.PackDatabase(
                $"UPDATE v1_resources SET id = {long.MinValue} WHERE id = 1; UPDATE v1_resources SET id = {long.MaxValue} WHERE id = 2", raw.Database));
        }

        var merged = _rig.Merge("m.c1z", a);

        Assert.Equal(MergeRig.Rows(a), MergeRig.Rows(merged));
    }

    [Fact]
    public void Add_Stopped_LeavesNothing()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        using (var merge = SyncMerge.Begin(_ => _rig.Folder.In("m.c1z"), _rig.Folder.Options))
        {
            merge.Add(a, Cancellation);
            Assert.Throws<OperationCanceledException>(() => merge.Add(a, new CancellationToken(canceled: true)));
        }

        Assert.False(File.Exists(_rig.Folder.In("m.c1z")));
        _rig.Folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Begin_SomethingIsThere_IsNotOverwritten()
    {
        var a = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        var before = File.ReadAllBytes(a.Path);

        var refusal = Assert.Throws<C1zException>(() => SyncMerge.Begin(_ => a.Path, _rig.Folder.Options));

        Assert.Equal(
            (C1zError.NotWritable, $"cannot write {a.Path}: it exists already and is not overwritten; name a new file or a folder"),
            (refusal.Error, refusal.Message));
        Assert.Equal(before, File.ReadAllBytes(a.Path));
        _rig.Folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Settle_Nothing_IsABug()
    {
        using var merge = SyncMerge.Begin(_ => _rig.Folder.In("m.c1z"), _rig.Folder.Options);

        Assert.Throws<InvalidOperationException>(merge.Settle);
    }

    private C1zException Refused(SyncSource source)
    {
        var before = File.ReadAllBytes(source.Path);
        C1zException refusal;
        using (var merge = SyncMerge.Begin(_ => _rig.Folder.In("m.c1z"), _rig.Folder.Options))
        {
            refusal = Assert.Throws<C1zException>(() => merge.Add(source, Cancellation));
        }

        Assert.Equal(before, File.ReadAllBytes(source.Path));
        Assert.False(File.Exists(_rig.Folder.In("m.c1z")));
        _rig.Folder.AssertNothingIsLeft();
        return refusal;
    }

    private string MigratedCopy(string path)
    {
        var copy = _rig.Folder.Write("copy.c1z", File.ReadAllBytes(path));
        using var file = C1zFile.OpenWrite(copy, _rig.Folder.Options);
        file.Save();
        return copy;
    }
}
