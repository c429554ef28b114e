using Baton.C1z;
using Baton.C1z.Merging;
using Baton.C1z.Syncs;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class DiffSyncsOperationTests : IDisposable
{
    private readonly SyncFileRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_TwoSyncs_AddsAPartialOneWithWhatIsNew()
    {
        var (from, to) = Grown();

        Assert.Equal(0, await _rig.DiffAsync("a.c1z", from.SyncId, to.SyncId));

        Assert.Equal(
            ("done", $"2 rows added and 0 changed between sync {from.SyncId} and sync {to.SyncId}: partial sync {_rig.MadeSync} in a.c1z"),
            (_rig.OneShot.Outcome, _rig.OneShot.Summary));
        Assert.Equal(
            $$"""{"sync_id":"{{_rig.MadeSync}}","added":2,"changed":0,"missing":0}""",
            _rig.OneShot.Result.GetProperty("response").GetRawText());
        Assert.Contains($"\"msg\":\"generated diff of syncs\",\"new_sync_id\":\"{_rig.MadeSync}\",\"added\":2,\"changed\":0", _rig.Program.Error, StringComparison.Ordinal);
        using var file = C1zFile.OpenRead(_rig.In("a.c1z"));
        Assert.Equal(
            [(from.SyncId, "full", ""), (to.SyncId, "full", ""), (_rig.MadeSync, "partial", from.SyncId)],
            file.Syncs.All().Select(run => (run.Id, run.TypeName, run.ParentId)));
        Assert.Equal("user ada", Assert.Single(file.Read(file.Syncs.Find(_rig.MadeSync)!).Resources()).DisplayName);
        Assert.Equal(["a.c1z"], _rig.Files());
    }

    [Fact]
    public async Task RunAsync_ThenMergedWithTheBase_IsTheLaterSync()
    {
        var (from, to) = Grown();
        await _rig.DiffAsync("a.c1z", from.SyncId, to.SyncId);

        Assert.Equal(0, await _rig.CompactAsync("merged.c1z", from, new("a.c1z", _rig.MadeSync)));

        // What the later sync would have expanded, the merged one has expanded.
        var merged = _rig.Contents("merged.c1z", _rig.MadeSync);
        Assert.Contains("group:outer:member:user:ada", merged, StringComparison.Ordinal);
        await _rig.CompactAsync("expanded.c1z", to, _rig.Write("empty.c1z", SyncType.Partial, _ => { }));
        Assert.Equal(_rig.Contents("expanded.c1z", _rig.MadeSync), merged);
    }

    [Fact]
    public async Task RunAsync_SomethingIsGone_SaysThatAPartialSyncCannotSayIt()
    {
        var (from, to) = Grown();

        Assert.Equal(0, await _rig.DiffAsync("a.c1z", to.SyncId, from.SyncId));

        Assert.Equal(
            $"2 rows that only sync {to.SyncId} holds are not in the difference: a partial sync cannot say what is gone",
            Assert.Single(_rig.OneShot.Texts("notes")));
        Assert.Contains("\"level\":\"warn\"", _rig.Program.Error, StringComparison.Ordinal);
        Assert.Equal("", _rig.Contents("a.c1z", _rig.MadeSync));
    }

    [Fact]
    public async Task RunAsync_DryRun_WritesNothing()
    {
        var (from, to) = Grown();
        var before = await File.ReadAllBytesAsync(_rig.In("a.c1z"), TestContext.Current.CancellationToken);

        Assert.Equal(0, await _rig.DiffAsync("a.c1z", from.SyncId, to.SyncId, "--dry-run"));

        Assert.Equal(("would", $"2 rows added and 0 changed between sync {from.SyncId} and sync {to.SyncId}"), (_rig.OneShot.Outcome, _rig.OneShot.Summary));
        Assert.Equal(before, await File.ReadAllBytesAsync(_rig.In("a.c1z"), TestContext.Current.CancellationToken));
        Assert.Equal(["a.c1z"], _rig.Files());
    }

    [Theory]
    [InlineData(2, "missing base sync ID or applied sync ID: --base-sync-id and --applied-sync-id name two syncs of --file", "a.c1z", "", "x")]
    [InlineData(2, "missing base sync ID or applied sync ID: --base-sync-id and --applied-sync-id name two syncs of --file", "a.c1z", "x", "")]
    [InlineData(2, "--base-sync-id and --applied-sync-id both name x: a sync does not differ from itself", "a.c1z", "x", "x")]
    [InlineData(2, "c1zPath must be set when in on-demand mode (--file)", "", "x", "y")]
    [InlineData(9, "there is no file missing.c1z, or it is empty: run a sync into it first, or name another with --file", "missing.c1z", "x", "y")]
    [InlineData(5, "there is no sync x in FOLDER/a.c1z; it holds OPEN (unfinished full), TO (full), FROM (full)", "a.c1z", "FROM", "x")]
    [InlineData(9, "sync OPEN in FOLDER/a.c1z has not ended, and what it lacks is not known: let it be finished, or choose another", "a.c1z", "OPEN", "FROM")]
    [InlineData(2, "FOLDER/pebble.c1z is a v3 (pebble) .c1z file, which is read here but never written; choose another file, or make a v1 copy: baton export c1z -f FOLDER/pebble.c1z --out NEW.c1z", "pebble.c1z", "x", "y")]
    public async Task RunAsync_WhatCannotBeCompared_IsOneLineAndChangesNothing(int exitCode, string text, string name, string from, string to)
    {
        var (older, newer) = Grown();
        var open = _rig.Write("a.c1z", SyncType.Full, SyncFileRig.PutNestedGroups, end: false);
        await File.WriteAllTextAsync(_rig.In("pebble.c1z"), "C1Z3\0 and more", TestContext.Current.CancellationToken);
        var before = await File.ReadAllBytesAsync(_rig.In("a.c1z"), TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, await _rig.RunAsync(
            "--diff-syncs", $"--file={name}", $"--base-sync-id={Filled(from)}", $"--applied-sync-id={Filled(to)}"));

        Assert.Equal(Filled(text), _rig.OneShot.LastError);
        Assert.Equal(before, await File.ReadAllBytesAsync(_rig.In("a.c1z"), TestContext.Current.CancellationToken));
        Assert.Equal(["a.c1z", "pebble.c1z"], _rig.Files());

        string Filled(string pattern) => pattern.Replace("FOLDER", _rig.Program.Folder, StringComparison.Ordinal)
            .Replace("FROM", older.SyncId, StringComparison.Ordinal).Replace("TO", newer.SyncId, StringComparison.Ordinal).Replace("OPEN", open.SyncId, StringComparison.Ordinal);
    }

    private (SyncSource From, SyncSource To) Grown() => (
        _rig.Write("a.c1z", SyncType.Full, SyncFileRig.PutNestedGroups),
        _rig.Write("a.c1z", SyncType.Full, writer =>
        {
            SyncFileRig.PutNestedGroups(writer);
            SyncFileRig.PutMember(writer, "ada");
        }));
}
