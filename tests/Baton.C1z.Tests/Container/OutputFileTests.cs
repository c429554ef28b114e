using System.Runtime.Versioning;
using Baton.C1z.Container;
using Baton.C1z.Tests.Support;
using ZstdSharp;

namespace Baton.C1z.Tests.Container;

public sealed class OutputFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(9 * 1024 * 1024)]
    [InlineData(130 * 1024 * 1024)]
    public void Save_DatabaseOfAnySize_IsOneFrameThatEveryReaderTakes(int size)
    {
        var database = _folder.In("db");
        using (var file = File.Create(database))
        {
            file.SetLength(size);
        }

        using (var output = OutputFile.Claim(_folder.In("out.c1z")))
        {
            Assert.Equal(output.Save(database), new FileInfo(_folder.In("out.c1z")).Length);
        }

        var bytes = File.ReadAllBytes(_folder.In("out.c1z"));
        Assert.Equal(RawFile.Magic, bytes[..5]);
        Assert.Equal([0x28, 0xB5, 0x2F, 0xFD], bytes[5..9]);
        var descriptor = bytes[9];
        var singleSegment = (descriptor & 0x20) != 0;
        Assert.True((descriptor & 0x04) != 0, "no checksum");
        Assert.Equal(0, descriptor & 0x03);
        Assert.Equal(size, ZstdFrameHeader.Parse(bytes.AsSpan(5))?.ContentSize);
        Assert.False(singleSegment && size > 128 * 1024 * 1024, "a single segment makes the window as large as the content");
        if (!singleSegment)
        {
            var window = (1L << (10 + (bytes[10] >> 3))) / 8 * (8 + (bytes[10] & 7));
            Assert.InRange(window, 1024, 8 * 1024 * 1024);
        }

        using var zstd = new Decompressor();
        var decoded = new byte[size];
        Assert.Equal(size, zstd.Unwrap(bytes.AsSpan(5), decoded));
        Assert.DoesNotContain(decoded, value => value != 0);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public void Claim_FileIsNotTouchedBeforeSaving()
    {
        var path = _folder.Write("out.c1z", [1, 2, 3]);

        using (OutputFile.Claim(path))
        {
            Assert.True(File.Exists(path + ".tmp"));
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Claim_SecondTime_IsRefusedUntilTheFirstIsDisposed()
    {
        var path = _folder.In("out.c1z");

        using (OutputFile.Claim(path))
        {
            var refusal = Assert.Throws<C1zException>(() => OutputFile.Claim(path));
            Assert.Equal(C1zError.NotWritable, refusal.Error);
            Assert.Contains("another process is writing it", refusal.Message, StringComparison.Ordinal);
        }

        OutputFile.Claim(path).Dispose();
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Claim_TemporaryFileOfAKilledProcess_IsNoHindrance()
    {
        var path = _folder.In("out.c1z");
        File.WriteAllBytes(path + ".tmp", new byte[100_000]);

        using (var output = OutputFile.Claim(path))
        {
            output.Save(_folder.Write("db", "content"u8));
        }

        using var zstd = new Decompressor();
        Assert.Equal("content"u8, zstd.Unwrap(File.ReadAllBytes(path).AsSpan(5)));
        _folder.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("absent/out.c1z", "does not exist")]
    [InlineData("tmp", "is a folder")]
    [InlineData("file/out.c1z", "file")]
    public void Claim_PlaceThatCannotBeWritten_IsRefused(string name, string reason)
    {
        _folder.Write("file", [1]);

        var refusal = Assert.Throws<C1zException>(() => OutputFile.Claim(_folder.In(name)));

        Assert.Equal(C1zError.NotWritable, refusal.Error);
        Assert.Contains(_folder.In(name), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_TemporaryPathIsAFolder_IsRefused()
    {
        Directory.CreateDirectory(_folder.In("out.c1z.tmp"));

        Assert.Equal(C1zError.NotWritable, Assert.Throws<C1zException>(() => OutputFile.Claim(_folder.In("out.c1z"))).Error);
    }

    [Fact]
    public void Save_DestinationBecameAFolder_FailsAndCleansUp()
    {
        var path = _folder.In("out.c1z");

        using (var output = OutputFile.Claim(path))
        {
            Directory.CreateDirectory(path);
            var refusal = Assert.Throws<C1zException>(() => output.Save(_folder.Write("db", [1])));
            Assert.Equal(C1zError.NotWritable, refusal.Error);
        }

        Assert.True(Directory.Exists(path));
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Dispose_FolderIsGone_DoesNotThrow()
    {
        Directory.CreateDirectory(_folder.In("sub"));
        var output = OutputFile.Claim(_folder.In("sub/out.c1z"));

        Directory.Delete(_folder.In("sub"), recursive: true);

        output.Dispose();
    }

    [Fact]
    public void Save_Suffix_GoesBesideTheFile()
    {
        var path = _folder.Write("out.c1z", [1, 2, 3]);

        using (var output = OutputFile.Claim(path))
        {
            output.Save(_folder.Write("db", "content"u8), ".partial");
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(RawFile.Magic, File.ReadAllBytes(path + ".partial")[..5]);
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Save_ExistingFile_KeepsItsMode()
    {
        var path = _folder.Write("out.c1z", [1]);
        File.SetUnixFileMode(path, Private);

        using (var output = OutputFile.Claim(path))
        {
            output.Save(_folder.Write("db", [1]));
        }

        Assert.Equal(Private, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Save_LinkedFile_WritesWhatTheLinkNames()
    {
        Directory.CreateDirectory(_folder.In("elsewhere"));
        File.CreateSymbolicLink(_folder.In("elsewhere/second"), "real.c1z");
        File.CreateSymbolicLink(_folder.In("link.c1z"), "elsewhere/second");

        for (var i = 0; i < 2; i++)
        {
            // The first time round the link dangles.
            using var output = OutputFile.Claim(_folder.In("link.c1z"));
            output.Save(_folder.Write("db", [1]));
        }

        Assert.Equal("elsewhere/second", new FileInfo(_folder.In("link.c1z")).LinkTarget);
        Assert.Null(new FileInfo(_folder.In("elsewhere/real.c1z")).LinkTarget);
        Assert.Equal(RawFile.Magic, File.ReadAllBytes(_folder.In("elsewhere/real.c1z"))[..5]);
        Assert.Equal(["real.c1z", "second"], Directory.EnumerateFiles(_folder.In("elsewhere")).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Claim_LinkToItself_IsRefused()
    {
        File.CreateSymbolicLink(_folder.In("loop.c1z"), "loop.c1z");

        Assert.Equal(C1zError.NotWritable, Assert.Throws<C1zException>(() => OutputFile.Claim(_folder.In("loop.c1z"))).Error);
    }

    [Fact]
    public void Claim_TemporaryPathIsALink_DoesNotWriteThroughIt()
    {
        var victim = _folder.Write("victim", [1, 2, 3]);
        File.CreateSymbolicLink(_folder.In("out.c1z.tmp"), victim);

        using (var output = OutputFile.Claim(_folder.In("out.c1z")))
        {
            output.Save(_folder.Write("db", [1]));
        }

        Assert.Equal([1, 2, 3], File.ReadAllBytes(victim));
        Assert.Null(new FileInfo(_folder.In("out.c1z")).LinkTarget);
    }

    [Fact]
    public void IsStillAt_FileMovedDeletedOrReplaced_IsFalse()
    {
        var path = _folder.Write("claimed", []);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        Assert.True(PrivateFile.IsStillAt(file, path));

        File.Move(path, _folder.In("moved"));
        Assert.False(PrivateFile.IsStillAt(file, path));

        File.WriteAllBytes(path, []);
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(PrivateFile.IsStillAt(file, path));
    }

    [Fact]
    public void Save_ManyWritersOfOneFile_NeverLeaveAHalfWrittenOne()
    {
        var path = _folder.In("out.c1z");
        var databases = Enumerable.Range(0, 4).Select(i => _folder.Write($"db{i}", [.. Enumerable.Repeat((byte)i, 50_000)])).ToArray();
        var saved = 0;

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, writer =>
        {
            for (var i = 0; i < 150; i++)
            {
                try
                {
                    using var output = OutputFile.Claim(path);
                    if (i % 3 != 0)
                    {
                        output.Save(databases[writer]);
                        Interlocked.Increment(ref saved);
                    }
                }
                catch (C1zException busy) when (busy.Message.EndsWith("another process is writing it", StringComparison.Ordinal))
                {
                    // As it should be.
                }

                if (Volatile.Read(ref saved) > 0)
                {
                    using var zstd = new Decompressor();
                    var content = zstd.Unwrap(Read(path).AsSpan(5));
                    Assert.Equal(50_000, content.Length);
                    Assert.Equal(-1, content.IndexOfAnyExcept(content[0]));
                }
            }
        });

        Assert.InRange(saved, 1, 600);
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Save_DiskFull_LeavesTheOldFileAndNothingElse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs setrlimit");
        var path = _folder.Write("out.c1z", [1, 2, 3]);
        using var child = ChildProcess.Start(ChildParts.SaveWithoutSpace, path, Incompressible());

        var line = child.ReadLine();

        Assert.StartsWith($"NotWritable: cannot write {path}: ", line, StringComparison.Ordinal);
        Assert.Equal(2, child.WaitForExit());
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        _folder.AssertNothingIsLeft();
    }

    [Fact]
    public void Save_ProcessKilledInTheMiddle_LeavesTheOldFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs setrlimit");
        var path = _folder.Write("out.c1z", [1, 2, 3]);
        var database = Incompressible();
        using var child = ChildProcess.Start(ChildParts.DieInSave, path, database);

        Assert.Equal(128 + 9, child.WaitForExit());

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.InRange(new FileInfo(path + ".tmp").Length, 5, 64 * 1024);
        using (var output = OutputFile.Claim(path))
        {
            output.Save(database);
        }

        using var zstd = new Decompressor();
        Assert.Equal(File.ReadAllBytes(database), zstd.Unwrap(File.ReadAllBytes(path).AsSpan(5)));
        _folder.AssertNothingIsLeft();
    }

    private static byte[] Read(string path)
    {
        using var file = SharedFile.OpenRead(path);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private string Incompressible()
    {
        var bytes = new byte[1024 * 1024];
        new Random(1).NextBytes(bytes);
        return _folder.Write("db", bytes);
    }
}
