using Baton.C1z;
using Baton.C1z.Merging;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Tests.Sync;

namespace Baton.Sdk.Tests.Hosting.OneShot;

public sealed class CompactSyncsOperationTests : IDisposable
{
    private readonly SyncFileRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task RunAsync_IntoAFolder_WritesOneSyncThatEveryReaderTakes()
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));
        Directory.CreateDirectory(_rig.In("out"));

        Assert.Equal(0, await _rig.CompactAsync("out", full, partial));

        var name = $"out/compacted-{_rig.MadeSync}.c1z";
        Assert.Equal(_rig.In(name), _rig.OneShot.Result.GetProperty("response").GetProperty("file_path").GetString());
        Assert.Equal(
            ("done", $"2 syncs merged: 3 resources, 2 entitlements, 3 grants: full sync {_rig.MadeSync} in {_rig.In(name)}"),
            (_rig.OneShot.Outcome, _rig.OneShot.Summary));
        using var file = C1zFile.OpenRead(_rig.In(name));
        var run = Assert.Single(file.Syncs.All());
        Assert.Equal((_rig.MadeSync, SyncType.Full, true), (run.Id, run.Type, run.IsFinished));
        Assert.Contains("\"grants\":3", run.Stats, StringComparison.Ordinal);
        Assert.Equal(["full.c1z", "out", "partial.c1z"], _rig.Files());
    }

    [Fact]
    public async Task RunAsync_Log_SaysWhatIsMerged()
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));

        await _rig.CompactAsync("merged.c1z", full, partial);

        Assert.Contains($"\"msg\":\"running compaction\",\"apply_file\":\"{_rig.In("full.c1z")}\",\"apply_sync\":\"{full.SyncId}\"", _rig.Program.Error, StringComparison.Ordinal);
        Assert.Contains($"\"msg\":\"sync merged\",\"apply_sync\":\"{partial.SyncId}\",\"rows_taken\":2", _rig.Program.Error, StringComparison.Ordinal);
        Assert.Contains($"\"msg\":\"compacted file\",\"file_path\":\"{_rig.In("merged.c1z")}\",\"sync_id\":\"{_rig.MadeSync}\"", _rig.Program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MemberOfANestedGroupFromAnotherFile_IsGrantedTheOuterOneToo()
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));

        Assert.Equal(0, await _rig.CompactAsync("merged.c1z", full, partial));

        var grant = _rig.Read("merged.c1z", _rig.MadeSync, reader => reader.FindGrant("group:outer:member:user:ada"));
        Assert.Equal(["group:inner:member"], grant?.Sources.Sources.Keys);
    }

    [Fact]
    public async Task RunAsync_PartialSyncsAlone_StayOneAndAreNotExpanded()
    {
        var one = _rig.Write("one.c1z", SyncType.Partial, SyncFileRig.PutNestedGroups);
        var two = _rig.Write("two.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));

        Assert.Equal(0, await _rig.CompactAsync("merged.c1z", one, two));

        Assert.Contains($": partial sync {_rig.MadeSync} in ", _rig.OneShot.Summary, StringComparison.Ordinal);
        Assert.Null(_rig.Read("merged.c1z", _rig.MadeSync, reader => reader.FindGrant("group:outer:member:user:ada")));
    }

    [Fact]
    public async Task RunAsync_MergedAgain_IsTheSame()
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));
        await _rig.CompactAsync("once.c1z", full, partial);
        var once = new SyncSource("once.c1z", _rig.MadeSync);

        Assert.Equal(0, await _rig.CompactAsync("again.c1z", once, partial));

        Assert.Equal(_rig.Contents("once.c1z", once.SyncId), _rig.Contents("again.c1z", _rig.MadeSync));
    }

    [Fact]
    public async Task RunAsync_TwoSyncsOfOneFile_AreMerged()
    {
        var first = _rig.Write("a.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var second = _rig.Write("a.c1z", SyncType.Full, writer => SyncFileRig.PutMember(writer, "ada"));

        Assert.Equal(0, await _rig.CompactAsync("merged.c1z", first, second));

        Assert.Equal(3, _rig.Read("merged.c1z", _rig.MadeSync, reader => reader.Resources().Count()));
    }

    [Fact]
    public async Task RunAsync_TheFirstSyncOfAFile_IsTheOneThatIsMerged()
    {
        var first = _rig.Write("a.c1z", SyncType.Full, writer => SyncFileRig.PutMember(writer, "ada"));
        _rig.Write("a.c1z", SyncType.Full, writer => SyncFileRig.PutMember(writer, "bob"));
        var other = _rig.Write("b.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);

        await _rig.CompactAsync("merged.c1z", first, other);

        Assert.Null(_rig.Read("merged.c1z", _rig.MadeSync, reader => reader.FindResource("user", "bob")));
    }

    [Fact]
    public async Task RunAsync_MergedSyncsContradictEachOther_IsSaidAndDone()
    {
        var one = _rig.Write("one.c1z", SyncType.Full, writer => writer.Put([Default("a")]));
        var two = _rig.Write("two.c1z", SyncType.Full, writer => writer.Put([Default("b")]));

        Assert.Equal(0, await _rig.CompactAsync("merged.c1z", one, two));

        Assert.StartsWith("the merged syncs contradict each other: ingest invariant I5 violated: ", Assert.Single(_rig.OneShot.Texts("notes")), StringComparison.Ordinal);
        Assert.Contains("\"level\":\"warn\"", _rig.Program.Error, StringComparison.Ordinal);

        static Entitlement Default(string slug)
            => Make.Entitlement(SyncFileRig.Outer, slug, new EntitlementExclusionGroup { ExclusionGroupId = "level", IsDefault = true });
    }

    [Fact]
    public async Task RunAsync_DryRun_WritesNothing()
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));

        Assert.Equal(0, await _rig.RunAsync([.. SyncFileRig.Words("merged.c1z", full, partial), "--dry-run"]));

        Assert.Equal(("would", "2 syncs merged: 3 resources, 2 entitlements, 3 grants"), (_rig.OneShot.Outcome, _rig.OneShot.Summary));
        Assert.Equal(["full.c1z", "partial.c1z"], _rig.Files());
    }

    [Fact]
    public async Task RunAsync_Stopped_WritesNothing()
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));

        Assert.Equal(1, await _rig.Program.RunUntilAsync(new CancellationToken(canceled: true), SyncFileRig.Words("merged.c1z", full, partial)));

        Assert.Equal(["full.c1z", "partial.c1z"], _rig.Files());
    }

    [Fact]
    public async Task RunAsync_Terminal_SaysWhereItIs()
    {
        _rig.Program.OutputOnATerminal = true;
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var partial = _rig.Write("partial.c1z", SyncType.Partial, writer => SyncFileRig.PutMember(writer, "ada"));

        Assert.Equal(0, await _rig.CompactAsync("merged.c1z", full, partial));

        Assert.StartsWith("2 syncs merged: 3 resources, 2 entitlements, 3 grants: full sync ", _rig.Program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.c1z,b.c1z", "A", "sync-compactor: must include exactly one syncID per file: --compact-file-paths has 2, --compact-sync-ids 1")]
    [InlineData("a.c1z", "A", "must provide two or more files to compact: --compact-file-paths has 1")]
    [InlineData("a.c1z,b.c1z", "A,A", "--compact-sync-ids names A more than once: a sync merged with itself is the same sync")]
    public async Task RunAsync_ListsThatDoNotGoTogether_AreAUsageError(string paths, string ids, string text)
    {
        Assert.Equal(2, await _rig.RunAsync("--compact-syncs", "--compact-file-paths", paths, "--compact-sync-ids", ids, "--compact-output-path", "."));

        Assert.Equal(text, _rig.OneShot.LastError);
        Assert.Empty(_rig.Program.Output);
        Assert.Empty(_rig.Files());
    }

    [Fact]
    public async Task RunAsync_NoOutput_IsAUsageError()
    {
        Assert.Equal(2, await _rig.RunAsync("--compact-syncs", "--compact-file-paths", "a,b", "--compact-sync-ids", "a,b", "--compact-output-path="));

        Assert.Equal("--compact-output-path must be the folder for the new file, or its path", _rig.OneShot.LastError);
    }

    [Theory]
    [InlineData(5, "there is no sync nope in FOLDER/full.c1z; it holds FULL (full)", "merged.c1z", "full.c1z", "nope")]
    [InlineData(9, "sync OPEN in FOLDER/open.c1z has not ended, and what it lacks is not known: let it be finished, or choose another", "merged.c1z", "open.c1z", "OPEN")]
    [InlineData(2, "FOLDER/missing.c1z does not exist", "merged.c1z", "missing.c1z", "x")]
    [InlineData(2, "FOLDER/empty.c1z is empty (0 bytes): was the run that writes it interrupted?", "merged.c1z", "empty.c1z", "x")]
    [InlineData(2, "FOLDER/text.c1z is not a .c1z file (it starts with 68656c6c, not with 43315a46)", "merged.c1z", "text.c1z", "x")]
    [InlineData(2, "FOLDER/pebble.c1z is damaged: its manifest claims 543256164 bytes", "merged.c1z", "pebble.c1z", "x")]
    [InlineData(2, "cannot write FOLDER/full.c1z: it exists already and is not overwritten; name a new file or a folder", "full.c1z", "full.c1z", "FULL")]
    [InlineData(2, "cannot write FOLDER/text.c1z: it exists already and is not overwritten; name a new file or a folder", "text.c1z", "full.c1z", "FULL")]
    [InlineData(2, "--compact-output-path: there is no folder nowhere; make it, or name a new file that ends in .c1z", "nowhere", "full.c1z", "FULL")]
    [InlineData(2, "cannot write FOLDER/nowhere/x.c1z: the folder FOLDER/nowhere does not exist", "nowhere/x.c1z", "full.c1z", "FULL")]
    public async Task RunAsync_WhatCannotBeMerged_IsOneLineAndLeavesNothing(int exitCode, string text, string output, string path, string id)
    {
        var full = _rig.Write("full.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var good = _rig.Write("good.c1z", SyncType.Full, SyncFileRig.PutNestedGroups);
        var open = _rig.Write("open.c1z", SyncType.Full, SyncFileRig.PutNestedGroups, end: false);
        await File.WriteAllTextAsync(_rig.In("text.c1z"), "hello", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_rig.In("pebble.c1z"), "C1Z3\0 and more", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_rig.In("empty.c1z"), "", TestContext.Current.CancellationToken);
        var before = _rig.Files().ToDictionary(name => name, name => Convert.ToHexString(File.ReadAllBytes(_rig.In(name))), StringComparer.Ordinal);

        Assert.Equal(exitCode, await _rig.CompactAsync(output, good, new(path, Filled(id))));

        Assert.Equal(Filled(text), _rig.OneShot.LastError);
        Assert.Equal(("failed", Filled(text)), (_rig.OneShot.Outcome, _rig.OneShot.Summary));
        Assert.Equal(before, _rig.Files().ToDictionary(name => name, name => Convert.ToHexString(File.ReadAllBytes(_rig.In(name))), StringComparer.Ordinal));

        string Filled(string pattern) => pattern.Replace("FOLDER", _rig.Program.Folder, StringComparison.Ordinal)
            .Replace("FULL", full.SyncId, StringComparison.Ordinal).Replace("OPEN", open.SyncId, StringComparison.Ordinal);
    }
}
