using Baton.C1z.Merging;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.C1z.Tests.Writing;
using CsCheck;

namespace Baton.C1z.Tests.Merging;

public sealed class SyncDeltaTests : IDisposable
{
    private readonly MergeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Add_RowsOfEveryKind_HoldsTheNewAndTheChanged()
    {
        var from = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        var to = _rig.Write("a.c1z", SyncType.Full, writer =>
        {
            writer.Put(Samples.Types);
            writer.Put([Samples.Resources[0], Samples.Resource("group", "2"), Samples.Resource("user", "bob")]);
            writer.Put(Samples.Entitlements);
            writer.Put([Samples.Grant(Samples.Entitlements[0], Samples.Resources[1], Samples.Expandable("else")), Samples.Grants[0]]);
        });

        var (sync, added, changed, missing) = _rig.Diff(from, to);

        Assert.Equal((1, 2, 1), (added, changed, missing));
        using var file = _rig.Folder.OpenRead("a.c1z");
        var run = file.Syncs.Find(sync.SyncId)!;
        Assert.Equal((SyncType.Partial, from.SyncId, "", true), (run.Type, run.ParentId, run.LinkedId, run.IsFinished));
        var reader = file.Read(run);
        Assert.Empty(reader.ResourceTypes());
        Assert.Equal("group 2, user bob", string.Join(", ", reader.Resources().Select(resource => resource.DisplayName)));
        Assert.Empty(reader.Entitlements());
        var (grant, expansion) = Assert.Single(reader.ExpandableGrants());
        Assert.Equal(("group:1:member:group:2", "else"), (grant.Id, Assert.Single(expansion.EntitlementIds)));
        Assert.Contains("\"grants\":1", run.Stats, StringComparison.Ordinal);

        // A row was discovered when it was.
        using var raw = new RawFile(from.Path);
        Assert.Equal(
            raw.Query($"SELECT DISTINCT discovered_at FROM v1_resources WHERE sync_id = '{to.SyncId}'"),
            raw.Query($"SELECT DISTINCT discovered_at FROM v1_resources WHERE sync_id = '{sync.SyncId}'"));
    }

    [Fact]
    public void Add_FileOfUpstream_FindsWhatHasChangedAndNotTheOrderOfMaps()
    {
        var path = _rig.Folder.Copy(new Fixture(Fixture.TwoSyncs));
        string[] ids;
        using (var file = C1zFile.OpenRead(path, _rig.Folder.Options))
        {
            ids = [.. file.Syncs.All().Select(run => run.Id)];
        }

        // Of seven resources most have other bytes, since Go wrote their profiles in another order; one was disabled.
        var difference = _rig.Diff(new(path, ids[0]), new(path, ids[1]));

        Assert.Equal((4, 1, 2), (difference.Added, difference.Changed, difference.Missing));
    }

    [Theory]
    [InlineData(0, 1, "there is no sync ")]
    [InlineData(1, 0, "there is no sync ")]
    [InlineData(0, 2, " has not ended, and what it lacks is not known")]
    public void Add_SyncThatCannotBeCompared_IsRefusedAndAddsNothing(int from, int to, string text)
    {
        var full = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll);
        var unfinished = _rig.Write("a.c1z", SyncType.Full, Samples.PutAll, end: false);
        string[] ids = [full.SyncId, "nope", unfinished.SyncId];
        using var file = _rig.Folder.OpenWrite("a.c1z");

        var refusal = Assert.Throws<C1zException>(() => SyncDelta.Add(file, ids[from], ids[to], TestContext.Current.CancellationToken));

        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, file.Syncs.All().Count);
    }

    [Fact]
    public void Add_EqualSyncs_IsEmpty()
        => Step.Sequences.Sample(
            steps =>
            {
                using var rig = new MergeRig();
                var from = rig.Write("a.c1z", SyncType.Full, writer => steps.ForEach(step => step.Apply(writer)));
                var to = rig.Write("a.c1z", SyncType.Full, writer => steps.ForEach(step => step.Apply(writer)));

                var (sync, added, changed, missing) = rig.Diff(from, to);

                Assert.Equal((0, 0, 0), (added, changed, missing));
                Assert.Empty(MergeRig.Rows(sync));
            },
            iter: 60);

    [Fact]
    public void Add_ThenMerged_IsTheLaterSyncAndWhatIsGone()
        => Gen.Select(Step.Sequences, Step.Sequences, Gen.Bool).Sample(
            (older, newer, grows) =>
            {
                using var rig = new MergeRig();
                var from = rig.Write("a.c1z", SyncType.Full, writer => older.ForEach(step => step.Apply(writer)));
                var to = rig.Write("a.c1z", SyncType.Full, writer => (grows ? [.. older.Where(step => step is not Step.Delete), .. newer] : newer).ForEach(step => step.Apply(writer)));
                var (before, after) = (MergeRig.Rows(from), MergeRig.Rows(to));

                var (sync, added, changed, missing) = rig.Diff(from, to);
                var merged = MergeRig.Rows(rig.Merge("m.c1z", from, sync));

                var gone = before.Where(row => !after.ContainsKey(row.Key)).ToList();
                Assert.Equal(after.Concat(gone).OrderBy(row => row.Key, StringComparer.Ordinal), merged);
                Assert.Equal(gone.Count, missing);
                Assert.Equal(after.Count(row => !before.ContainsKey(row.Key)), added);
                Assert.Equal(after.Count(row => before.TryGetValue(row.Key, out var old) && old != row.Value), changed);
                Assert.Equal(added + changed, MergeRig.Rows(sync).Count);
            },
            iter: 60);
}
