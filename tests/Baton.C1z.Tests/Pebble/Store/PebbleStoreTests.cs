using System.Text;
using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Logs;
using Baton.C1z.Tests.Support;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store;

/// <summary>Whole stores, as Pebble wrote them.</summary>
public sealed class PebbleStoreTests
{
    private static readonly byte[] End = [0xff];

    public static TheoryData<string> Names => [.. StoreHistory.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Everything_IsWhatTheHistoryLeaves(string name)
    {
        using var store = PebbleStore.Open(StoreHistory.Folder(name));

        var records = Text(store.Read(ReadOnlyMemory<byte>.Empty, End));

        Assert.NotEmpty(records);
        Assert.Equal(StoreHistory.Contents(name).Select(record => (record.Key, record.Value)), records);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AnyRange_IsThatPartOfEverything(string name)
    {
        using var store = PebbleStore.Open(StoreHistory.Folder(name));
        var all = StoreHistory.Contents(name);

        Gen.Select(Gen.Int[0, 450], Gen.Int[0, 450]).Sample(
            (from, before) => Text(store.Read(StoreHistory.Bytes(StoreHistory.Key(from)), StoreHistory.Bytes(StoreHistory.Key(before))))
                .SequenceEqual(all
                    .Where(record => string.CompareOrdinal(record.Key, StoreHistory.Key(from)) >= 0
                        && string.CompareOrdinal(record.Key, StoreHistory.Key(before)) < 0)
                    .Select(record => (record.Key, record.Value))),
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void Read_TwoRangesSideBySide_GivesBoth()
    {
        using var store = PebbleStore.Open(StoreHistory.Folder("levels"));

        var pairs = store.Read(StoreHistory.Bytes("key/"), End)
            .Zip(store.Read(StoreHistory.Bytes("key/"), End), (one, other) => one.Key.Span.SequenceEqual(other.Key.Span))
            .ToList();

        Assert.Equal(StoreHistory.Contents("levels").Count, pairs.Count);
        Assert.DoesNotContain(false, pairs);
    }

    [Fact]
    public void Open_RangesWereCutOut_TablesAreParts()
        => Assert.Contains(Manifest.Load(StoreHistory.Folder("excised"), "MANIFEST-000001").Tables, table => table.IsPart);

    [Theory]
    [InlineData("minlz", "packed in way 8")]
    [InlineData("merge", "values to be merged")]
    [InlineData("value-files", "values in files of their own")]
    public void Read_WhatUpstreamNeverWrites_IsRefused(string name, string reason)
    {
        var refusal = Assert.Throws<C1zException>(() => ReadAll(StoreHistory.Folder(name)));

        Assert.Equal(C1zError.UnsupportedVersion, refusal.Error);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("marker.format-version.000011.024", "marker.format-version.000011.025", C1zError.UnsupportedVersion)]
    [InlineData("marker.format-version.000011.024", "marker.format-version.000011.012", C1zError.UnsupportedVersion)]
    [InlineData("marker.format-version.000011.024", "marker.format-version.x.024", C1zError.Corrupt)]
    [InlineData("marker.format-version.000011.024", "other", C1zError.Corrupt)]
    [InlineData("marker.manifest.000001.MANIFEST-000001", "marker.manifest.000001.000012.sst", C1zError.Corrupt)]
    [InlineData("MANIFEST-000001", "MANIFEST-000002", C1zError.Corrupt)]
    [InlineData("000012.sst", "000013.sst", C1zError.Corrupt)]
    [InlineData("000011.log", "000011-001.log", C1zError.UnsupportedVersion)]
    public void Open_FileHasAnotherName_SaysWhatIsWrong(string name, string other, C1zError error)
    {
        using var folder = new TestFolder();
        Copy("levels", folder.Path);
        File.Move(folder.In(name), folder.In(other));

        Assert.Equal(error, Assert.Throws<C1zException>(() => ReadAll(folder.Path)).Error);
    }

    [Fact]
    public void Open_TablesElsewhere_IsRefused()
    {
        using var folder = new TestFolder();
        Copy("levels", folder.Path);
        folder.Write("marker.remote-obj-catalog.000001.REMOTE-OBJ-CATALOG-000001", []);

        Assert.Equal(C1zError.UnsupportedVersion, Assert.Throws<C1zException>(() => ReadAll(folder.Path)).Error);
    }

    [Fact]
    public void Open_OlderMarkerIsLeftBehind_TheNewerCounts()
    {
        using var folder = new TestFolder();
        Copy("levels", folder.Path);
        folder.Write("marker.format-version.000010.999", []);

        Assert.Equal(StoreHistory.Contents("levels").Count, ReadAll(folder.Path));
    }

    [Fact]
    public void Open_NoFolder_IsRefused()
    {
        using var folder = new TestFolder();

        Assert.Equal(C1zError.Missing, Assert.Throws<C1zException>(() => ReadAll(folder.In("none"))).Error);
        Assert.Equal(C1zError.Corrupt, Assert.Throws<C1zException>(() => ReadAll(folder.Path)).Error);
    }

    [Fact]
    public void Dispose_ReadingIsNotOver_ClosesTheTables()
    {
        var store = PebbleStore.Open(StoreHistory.Folder("two-level-index"));
        using var reading = store.Read(ReadOnlyMemory<byte>.Empty, End).GetEnumerator();
        Assert.True(reading.MoveNext());

        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() =>
        {
            while (reading.MoveNext())
            {
            }
        });
    }

    internal static int ReadAll(string folder)
    {
        using var store = PebbleStore.Open(folder);
        return store.Read(ReadOnlyMemory<byte>.Empty, End).Count();
    }

    internal static void Copy(string name, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(StoreHistory.Folder(name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static List<(string Key, string Value)> Text(IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> records)
        => [.. records.Select(record => (Encoding.ASCII.GetString(record.Key.Span), Encoding.ASCII.GetString(record.Value.Span)))];
}
