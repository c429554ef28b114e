using Baton.C1z.Tests.Support;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store;

/// <summary>Stores with damage in one of their files: refused in words, or read.</summary>
public sealed class HostileStoreTests
{
    public static TheoryData<string> Names => ["levels", "log", "excised", "two-level-index", "zstd", "unpacked", "rows", "first-columns"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_BytesOfAFileAreOthers_IsRefusedOrRead(string name)
        => Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20], Gen.Byte[1, 255]).Sample(
            (file, offset, difference) => IsRefusedOrRead(name, file, bytes => bytes[offset % bytes.Length] ^= difference),
            iter: 60,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AFileIsCut_IsRefusedOrRead(string name)
        => Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20]).Sample(
            (file, length) => IsRefusedOrRead(name, file, _ => { }, bytes => length % bytes.Length),
            iter: 25,
            threads: 1);

    [Theory]
    [InlineData("levels", "000012.sst")]
    [InlineData("levels", "MANIFEST-000001")]
    [InlineData("two-level-index", "000008.sst")]
    public void Read_AnyByteOfATableOrManifestIsAnother_NeverPassesUnseen(string name, string file)
    {
        using var folder = new TestFolder();
        PebbleStoreTests.Copy(name, folder.Path);
        var good = File.ReadAllBytes(folder.In(file));

        for (var i = 0; i < good.Length; i += 11)
        {
            var bad = good.ToArray();
            bad[i] ^= 0x10;
            folder.Write(file, bad);
            Record(folder.Path, name);
        }
    }

    // A filter or a property may change without anybody noticing; records may not.
    private static void Record(string folder, string name)
    {
        try
        {
            Assert.Equal(StoreHistory.Contents(name).Count, PebbleStoreTests.ReadAll(folder));
        }
        catch (C1zException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
        }
    }

    private static bool IsRefusedOrRead(string name, int file, Action<byte[]> change, Func<byte[], int>? length = null)
    {
        using var folder = new TestFolder();
        PebbleStoreTests.Copy(name, folder.Path);
        var files = Directory.GetFiles(folder.Path).Where(path => new FileInfo(path).Length > 0).Order(StringComparer.Ordinal).ToList();
        var path = files[file % files.Count];
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes[..(length?.Invoke(bytes) ?? bytes.Length)]);
        try
        {
            return PebbleStoreTests.ReadAll(folder.Path) >= 0;
        }
        catch (C1zException)
        {
            return true;
        }
    }
}
