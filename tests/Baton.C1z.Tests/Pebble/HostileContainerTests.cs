using Baton.C1z.Container;
using Baton.C1z.Tests.Support;
using Baton.Protocol.C1z.V3;
using CsCheck;

namespace Baton.C1z.Tests.Pebble;

/// <summary>v3 files that are cut, changed or made to harm: each is refused in one line that names it, and leaves nothing behind.</summary>
public sealed class HostileContainerTests : IDisposable
{
    private static readonly byte[] Good = File.ReadAllBytes(PebbleSample.PathOf(PebbleSample.OddIds));

    private static readonly Dictionary<string, (byte[] Bytes, C1zError Error)> Refused = new(StringComparer.Ordinal)
    {
        ["only the magic"] = ("C1Z3\0"u8.ToArray(), C1zError.Corrupt),
        ["no manifest"] = ([.. "C1Z3\0"u8, 0, 0, 0, 0], C1zError.Corrupt),
        ["a manifest of 4 GiB"] = ([.. "C1Z3\0"u8, 255, 255, 255, 255, 1], C1zError.Corrupt),
        ["a manifest that is longer than the file"] = (new ContainerBuilder { ManifestLength = 1 << 20 }.Indexed(), C1zError.Corrupt),
        ["a manifest that is none"] = ([.. "C1Z3\0"u8, 0, 0, 0, 3, 10, 200, 1], C1zError.Corrupt),
        ["no engine"] = (new ContainerBuilder { Engine = "" }.Indexed(), C1zError.Corrupt),
        ["another engine"] = (new ContainerBuilder { Engine = "pebble9" }.Indexed(), C1zError.UnsupportedVersion),
        ["an engine that writes to the terminal"] = (new ContainerBuilder { Engine = "\u001b[2J\n" }.Indexed(), C1zError.UnsupportedVersion),
        ["another encoding"] = (new ContainerBuilder { Encoding = (PayloadEncoding)4 }.Indexed(), C1zError.UnsupportedVersion),
        ["no encoding"] = (new ContainerBuilder { Encoding = PayloadEncoding.Unspecified }.Indexed(), C1zError.UnsupportedVersion),
        ["no payload"] = (new ContainerBuilder().Plain([]), C1zError.Corrupt),
        ["no store"] = (new ContainerBuilder().Indexed(), C1zError.Corrupt),
        ["files that are no store"] = (new ContainerBuilder().Indexed(("a", [1]), ("b", [])), C1zError.Corrupt),
        ["a file above the folder"] = (Named("../a"), C1zError.Corrupt),
        ["a file at the root"] = (Named("/etc/baton"), C1zError.Corrupt),
        ["a file below the folder"] = (Named("a/b"), C1zError.Corrupt),
        ["a file on another drive"] = (Named("C:a"), C1zError.Corrupt),
        ["the folder"] = (Named("."), C1zError.Corrupt),
        ["the folder above"] = (Named(".."), C1zError.Corrupt),
        ["no name"] = (Named(""), C1zError.Corrupt),
        ["a name that ends early"] = (Named("a\0b"), C1zError.Corrupt),
        ["a name of 5000 characters"] = (Named(new string('a', 5000)), C1zError.Corrupt),
        ["a name twice"] = (new ContainerBuilder().Indexed(("a", [1]), ("a", [2])), C1zError.Corrupt),
        ["a file that decodes to more"] = (Changed(entry => entry.RawSize--), C1zError.Corrupt),
        ["a file that decodes to less"] = (Changed(entry => entry.RawSize++), C1zError.Corrupt),
        ["a negative size"] = (Changed(entry => entry.RawSize = -1), C1zError.Corrupt),
        ["a size of exabytes"] = (Changed(entry => entry.RawSize = long.MaxValue), C1zError.TooLarge),
        ["a frame of exabytes"] = (Changed(entry => entry.CompressedSize = long.MaxValue), C1zError.Corrupt),
        ["an empty frame"] = (Changed(entry => entry.CompressedSize = 0), C1zError.Corrupt),
        ["a frame before the payload"] = (Changed(entry => entry.FrameOffset = 0), C1zError.Corrupt),
        ["a frame behind the payload"] = (Changed(entry => entry.FrameOffset += 1000), C1zError.Corrupt),
        ["a wrong checksum"] = (Changed(entry => entry.RawXxh64++), C1zError.Corrupt),
        ["a wrong checksum of the manifest"] = (new ContainerBuilder { Index = index => index.ManifestXxh64++ }.Indexed(), C1zError.Corrupt),
        ["an index elsewhere"] = (new ContainerBuilder { IndexShift = -1 }.Indexed(("a", [1])), C1zError.Corrupt),
        ["an index far away"] = (new ContainerBuilder { IndexShift = long.MaxValue / 2 }.Indexed(("a", [1])), C1zError.Corrupt),
        ["an archive that is cut"] = (Tar(ContainerBuilder.Archive("a", new byte[600]).AsSpan(0, 700)), C1zError.Corrupt),
        ["an archive without an end"] = (Tar(ContainerBuilder.Archive("a", [1], isWhole: false)), C1zError.Corrupt),
        ["an archive with a file above the folder"] = (Tar(ContainerBuilder.Archive("../a", [1])), C1zError.Corrupt),
        ["an archive with a link"] = (Tar(ContainerBuilder.Archive("a", [], type: '2')), C1zError.Corrupt),
        ["an archive with a folder"] = (Tar(ContainerBuilder.Archive("a/", [], type: '5')), C1zError.Corrupt),
        ["an archive with a file of gigabytes"] = (Tar(ContainerBuilder.Archive("a", [1], size: 7L << 30)), C1zError.Corrupt),
        ["an archive with a header of gigabytes"] = (Tar(ContainerBuilder.Archive("a", [1], type: 'x', size: 7L << 30)), C1zError.Corrupt),
        ["an archive whose header renames"] = (Tar(ContainerBuilder.Archive("a", "13 path=../a\n"u8.ToArray(), type: 'x')), C1zError.Corrupt),
        ["an archive with a wrong checksum"] = (Tar([(byte)'b', .. ContainerBuilder.Archive("a", [1]).AsSpan(1)]), C1zError.Corrupt),
        ["text in place of an archive"] = (Tar("hello"u8), C1zError.Corrupt),
        ["text in place of a compressed archive"] = (new ContainerBuilder { Encoding = PayloadEncoding.TarZstd }.Plain("hello hello"u8), C1zError.Corrupt),
    };

    private readonly TestFolder _folder = new();

    public static TheoryData<string> RefusedNames { get; } = [.. Refused.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void OpenRead_HostileFile_IsRefusedInOneLine(string name)
    {
        var (bytes, error) = Refused[name];

        Assert.Equal(error, AssertRefused(_folder, bytes).Error);
    }

    [Fact]
    public void OpenRead_FileCutAnywhere_IsRefused()
    {
        for (var length = 5; length < Good.Length; length += 53)
        {
            Assert.Equal(C1zError.Corrupt, AssertRefused(_folder, Good[..length]).Error);
        }
    }

    [Fact]
    public void OpenRead_BitsFlipped_IsRefusedOrRight()
        => Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 7]).List[1, 3].Sample(
            flips =>
            {
                var bytes = Good.ToArray();
                flips.ForEach(flip => bytes[flip.Item1] ^= (byte)(1 << flip.Item2));
                using var folder = new TestFolder();
                var path = folder.Write("flipped.c1z", bytes);
                try
                {
                    using var file = C1zFile.OpenRead(path, folder.Options);
                    Assert.Equal(12, file.Read(file.Syncs.Default()!).Grants().Count());
                }
                catch (C1zException refusal)
                {
                    AssertOneLine(refusal, path);
                }

                folder.AssertNothingIsLeft();
            },
            iter: 200);

    [Fact]
    public void OpenRead_MoreThanTheLimit_IsRefusedBeforeItIsUnpacked()
    {
        using var folder = new TestFolder { Options = new() { Limits = new DecodeLimits { MaxDecodedBytes = 4096 }, TemporaryFolder = _folder.Temporary } };

        Assert.Equal(C1zError.TooLarge, AssertRefused(folder, Good).Error);
        _folder.AssertNothingIsLeft();
    }

    private static byte[] Named(string name) => new ContainerBuilder().Indexed((name, [1, 2, 3]));

    private static byte[] Changed(Action<IndexedFrameEntry> change) => new ContainerBuilder { Entry = change }.Indexed(("a", new byte[300]));

    private static byte[] Tar(ReadOnlySpan<byte> archive) => new ContainerBuilder { Encoding = PayloadEncoding.Tar }.Plain(archive);

    private static C1zException AssertRefused(TestFolder folder, byte[] bytes)
    {
        var path = folder.Write("bad.c1z", bytes);
        var refusal = Assert.Throws<C1zException>(() => C1zFile.OpenRead(path, folder.Options).Dispose());
        AssertOneLine(refusal, path);
        Assert.Equal(bytes, File.ReadAllBytes(path));
        folder.AssertNothingIsLeft();
        return refusal;
    }

    private static void AssertOneLine(C1zException refusal, string path)
    {
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }
}
