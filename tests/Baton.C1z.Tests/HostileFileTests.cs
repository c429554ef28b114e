using System.Buffers.Binary;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using CsCheck;
using ZstdSharp;

namespace Baton.C1z.Tests;

/// <summary>Files that are damaged, or made to do damage. Each is refused with one line that names it, and leaves nothing behind.</summary>
public sealed class HostileFileTests : IDisposable
{
    private static readonly byte[] Good = File.ReadAllBytes(new Fixture(Fixture.Baseline).Path);

    private static readonly byte[] GoodDatabase = Unpack(Good);

    private static readonly Dictionary<string, (byte[] Bytes, C1zError Error)> Refused = new(StringComparer.Ordinal)
    {
        ["only the magic"] = (RawFile.Magic, C1zError.Corrupt),
        ["a part of the magic"] = ("C1ZF"u8.ToArray(), C1zError.NotC1z),
        ["one byte"] = ("C"u8.ToArray(), C1zError.NotC1z),
        ["text"] = ("This is not a file of ours."u8.ToArray(), C1zError.NotC1z),
        ["another fifth byte"] = ([.. "C1ZF1"u8, .. Good[5..]], C1zError.NotC1z),
        ["zstd without the magic"] = (Good[5..], C1zError.NotC1z),
        ["a bare database"] = (GoodDatabase, C1zError.NotC1z),
        ["no zstd after the magic"] = ([.. RawFile.Magic, .. "This is not zstd."u8], C1zError.Corrupt),
        ["one byte too many"] = ([.. Good, 0], C1zError.Corrupt),
        ["text after the frame"] = ([.. Good, .. "and then"u8], C1zError.Corrupt),
        ["zeros after the frame"] = ([.. Good, .. new byte[512]], C1zError.Corrupt),
        ["a second frame that is cut"] = ([.. Good, .. Good[5..40]], C1zError.Corrupt),
        ["a declared size of exabytes"] = ([.. RawFile.Magic, .. Header(0xC0, [0x58], 1UL << 62)], C1zError.TooLarge),
        ["a declared size that is negative as a signed number"] = ([.. RawFile.Magic, .. Header(0xC0, [0x58], ulong.MaxValue)], C1zError.TooLarge),
        ["a single segment of 11 GiB"] = ([.. RawFile.Magic, .. Header(0xE0, [], 11UL << 30)], C1zError.TooLarge),
        ["a single segment of 129 MiB"] = ([.. RawFile.Magic, .. Header(0xE0, [], 129UL << 20), 1, 0, 0], C1zError.TooLarge),
        ["a window of 144 MiB"] = ([.. RawFile.Magic, .. RawFrame(GoodDatabase, (17 << 3) | 1)], C1zError.TooLarge),
        ["a window of terabytes"] = ([.. RawFile.Magic, .. RawFrame(GoodDatabase, 0xFF)], C1zError.TooLarge),
        ["text in the frame"] = (RawFile.Pack("hello"u8), C1zError.Corrupt),
        ["noise in the frame"] = (RawFile.Pack(Noise(8192)), C1zError.Corrupt),
        ["a c1z in a c1z"] = (RawFile.Pack(Good), C1zError.Corrupt),
        ["the head of a database"] = (RawFile.Pack(GoodDatabase.AsSpan(0, 100)), C1zError.Corrupt),
        ["the first page of a database"] = (RawFile.Pack(GoodDatabase.AsSpan(0, 4096)), C1zError.Corrupt),
        ["a table without its columns"] = (RawFile.PackDatabase("CREATE TABLE v1_grants (x)"), C1zError.Corrupt),
        ["no sync ids"] = (RawFile.PackDatabase("CREATE TABLE v1_sync_runs (id integer primary key)"), C1zError.Corrupt),
        ["two syncs of one id"] = (RawFile.PackDatabase(
            "CREATE TABLE v1_sync_runs (id integer primary key, sync_id text, started_at datetime, ended_at datetime, sync_token text);"
            + "INSERT INTO v1_sync_runs (sync_id) VALUES ('a'), ('a')"), C1zError.Corrupt),
        ["a view named like a table"] = (RawFile.PackDatabase(
            "CREATE VIEW v1_resource_types AS WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c) "
            + "SELECT id, 'x' AS external_id, x'' AS data, 'x' AS sync_id, '' AS discovered_at FROM c"), C1zError.NotC1z),
        ["a view of another name"] = (RawFile.PackDatabase("CREATE VIEW harmless AS SELECT 1", GoodDatabase), C1zError.NotC1z),
        ["a trigger that never ends"] = (RawFile.PackDatabase(
            "CREATE TRIGGER t AFTER INSERT ON v1_sync_runs BEGIN "
            + "INSERT INTO v1_assets (external_id, content_type, data, sync_id, discovered_at) WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
            + "SELECT x, '', x'', '', '' FROM c; END", GoodDatabase), C1zError.NotC1z),
        ["a virtual table"] = (RawFile.PackDatabase("CREATE VIRTUAL TABLE v1_assets USING fts5(external_id, sync_id)"), C1zError.NotC1z),
        ["a name that writes to the terminal"] = (RawFile.PackDatabase("CREATE VIEW \"a\n\u001b[2Jb\" AS SELECT 1", GoodDatabase), C1zError.NotC1z),
        ["another name that does"] = (RawFile.PackDatabase("CREATE TABLE v1_grants (\"a\n\u001b[2Jb\", CHECK (\"a\n\u001b[2Jb\" > 0))"), C1zError.Corrupt),
    };

    private readonly TestFolder _folder = new();

    public static TheoryData<string> RefusedNames { get; } = [.. Refused.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Open_HostileFile_IsRefusedInOneLine(string name)
    {
        var (bytes, error) = Refused[name];
        var path = _folder.Write("bad.c1z", bytes);

        AssertRefused(path, error, () => C1zFile.OpenRead(path, _folder.Options));
        AssertRefused(path, error, () => C1zFile.OpenWrite(path, _folder.Options));
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void OpenRead_NothingThere_IsMissing()
    {
        var absent = _folder.In("absent.c1z");
        var empty = _folder.Write("empty.c1z", []);

        AssertRefused(absent, C1zError.Missing, () => C1zFile.OpenRead(absent, _folder.Options));
        AssertRefused(empty, C1zError.Missing, () => C1zFile.OpenRead(empty, _folder.Options));
        AssertRefused(_folder.Path, C1zError.NotC1z, () => C1zFile.OpenRead(_folder.Path, _folder.Options));
    }

    [Fact]
    public void OpenRead_FileCutAnywhere_IsRefused()
    {
        // Every length, as a download that broke off leaves it.
        for (var length = RawFile.Magic.Length; length < Good.Length; length++)
        {
            var path = _folder.Write("cut.c1z", Good.AsSpan(0, length));

            AssertRefused(path, C1zError.Corrupt, () => C1zFile.OpenRead(path, _folder.Options));
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
                    // The checksum lets nothing through but what decodes to the same database.
                    using var file = C1zFile.OpenRead(path, folder.Options);
                    Assert.Equal(7, file.Read(file.Syncs.Default()!).Grants().Count());
                }
                catch (C1zException refusal)
                {
                    AssertOneLine(refusal, path);
                }

                folder.AssertNothingIsLeft();
            },
            iter: 300);

    [Fact]
    public void Open_DatabaseDamagedBeforeItWasPacked_FailsAsDamaged()
        => Gen.Select(Gen.Int[0, GoodDatabase.Length - 1], Gen.Byte).List[1, 20].Sample(
            changes =>
            {
                var bytes = GoodDatabase.ToArray();
                changes.ForEach(change => bytes[change.Item1] = change.Item2);
                using var folder = new TestFolder();
                var path = folder.Write("damaged.c1z", RawFile.Pack(bytes));
                AssertOneLineOrNone(path, () => ReadEverything(path, folder.Options));
                AssertOneLineOrNone(path, () => AppendASync(path, folder.Options));
                folder.AssertNothingIsLeft();
            },
            iter: 300);

    [Fact]
    public void OpenRead_DecompressionBomb_StopsAtTheLimit()
    {
        var options = _folder.Options with { Limits = new() { MaxDecodedBytes = 1 << 20 } };
        var frame = RleFrame(blocks: 64);
        byte[][] bombs = [frame, [.. RleFrame(7), .. RleFrame(7)], RawFile.Pack(new byte[1 << 21])[5..]];

        foreach (var bomb in bombs)
        {
            var path = _folder.Write("bomb.c1z", [.. RawFile.Magic, .. bomb]);

            AssertRefused(path, C1zError.TooLarge, () => C1zFile.OpenRead(path, options));
        }
    }

    [Fact]
    public void OpenRead_DecodedSizeAtTheLimit_IsAccepted()
    {
        var path = _folder.Write("good.c1z", Good);

        using (C1zFile.OpenRead(path, _folder.Options with { Limits = new() { MaxDecodedBytes = GoodDatabase.Length } }))
        {
        }

        AssertRefused(
            path,
            C1zError.TooLarge,
            () => C1zFile.OpenRead(path, _folder.Options with { Limits = new() { MaxDecodedBytes = GoodDatabase.Length - 1 } }));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(8, true)]
    [InlineData(1L << 40, true)]
    public void OpenRead_WindowLimitOfTheUser_Holds(long megabytes, bool accepted)
    {
        var path = _folder.Write("window.c1z", [.. RawFile.Magic, .. RawFrame(GoodDatabase, 13 << 3)]);
        var options = _folder.Options with { Limits = new() { MaxWindowBytes = megabytes << 20 } };

        if (accepted)
        {
            ReadEverything(path, options);
        }
        else
        {
            AssertRefused(path, C1zError.TooLarge, () => C1zFile.OpenRead(path, options));
        }
    }

    [Fact]
    public void OpenRead_UnusualButValidContainer_IsAccepted()
    {
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[][] containers =
        [
            RawFile.Pack(GoodDatabase),
            [.. RawFile.Magic, .. skippable, .. Good[5..]],
            [.. Good, .. skippable],
            [.. RawFile.Magic, .. Frame(GoodDatabase.AsSpan(0, 5000)), .. Frame(GoodDatabase.AsSpan(5000))],
            [.. RawFile.Magic, .. RawFrame(GoodDatabase, 17 << 3)],
            [.. RawFile.Magic, .. Frame(GoodDatabase, level: 1)],
            [.. RawFile.Magic, .. Frame(GoodDatabase, level: 22)],
        ];

        foreach (var container in containers)
        {
            var path = _folder.Write("unusual.c1z", container);

            using var file = C1zFile.OpenRead(path, _folder.Options);
            Assert.Equal(7, file.Read(file.Syncs.Default()!).Grants().Count());
        }
    }

    [Fact]
    public void Open_DatabaseWithoutOurTables_HoldsNoSyncs()
    {
        byte[][] contents = [RawFile.PackDatabase("CREATE TABLE other (x)"), RawFile.Pack([])];

        foreach (var content in contents)
        {
            var path = _folder.Write("foreign.c1z", content);

            using var file = C1zFile.OpenRead(path, _folder.Options);
            Assert.Empty(file.Syncs.All());
            Assert.Null(file.Syncs.Default());
        }
    }

    [Fact]
    public void Read_IndexesOfOurNamesOnOtherColumns_AreNotTrusted()
    {
        var path = _folder.Write("indexes.c1z", RawFile.PackDatabase(
            """
            DROP INDEX idx_sync_runs_sync_id_v1; CREATE INDEX idx_sync_runs_sync_id_v1 ON v1_sync_runs (sync_token);
            DROP INDEX idx_grants_external_sync_v1; CREATE INDEX idx_grants_external_sync_v1 ON v1_grants (data);
            INSERT INTO v1_sync_runs (sync_id, started_at, sync_token) SELECT sync_id, started_at, '' FROM v1_sync_runs;
            """,
            GoodDatabase));

        AssertOneLineOrNone(path, () => ReadEverything(path, _folder.Options));
        AssertOneLineOrNone(path, () => AppendASync(path, _folder.Options));
        _folder.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("UPDATE v1_resources SET data = zeroblob(17000000)")]
    [InlineData("UPDATE v1_grants SET data = zeroblob(17000000)")]
    [InlineData("UPDATE v1_sync_runs SET sync_token = replace(hex(zeroblob(8500000)), '0', 'x')")]
    [InlineData("UPDATE v1_entitlements SET external_id = id || replace(hex(zeroblob(8500000)), '0', 'x')")]
    [InlineData(
        "ALTER TABLE v1_resources RENAME TO old; CREATE TABLE v1_resources (id integer primary key, resource_type_id text, external_id text, "
        + "parent_resource_type_id text, parent_resource_id text, data blob AS (zeroblob(900000000)), sync_id text, discovered_at datetime); "
        + "INSERT INTO v1_resources (resource_type_id, external_id, sync_id) SELECT resource_type_id, external_id, sync_id FROM old")]
    public void OpenAsIs_ValueOfMoreThanAnEighthOfAWindow_IsTooLarge(string sql)
    {
        var path = _folder.Write("value.c1z", RawFile.PackDatabase(sql, GoodDatabase));

        AssertRefused(path, C1zError.TooLarge, () => ListEverything(path, _folder.Options));
    }

    [Fact]
    public void OpenAsIs_ValueThatTheUserAllows_IsRead()
    {
        var path = _folder.Write("value.c1z", RawFile.PackDatabase("UPDATE v1_sync_runs SET sync_token = replace(hex(zeroblob(8500000)), '0', 'x')", GoodDatabase));

        ListEverything(path, _folder.Options with { Limits = new() { MaxWindowBytes = 256 << 20 } });
    }

    [Fact]
    public void OpenAsIs_MoreSyncsThanMemoryShouldHold_IsTooLarge()
    {
        var path = _folder.Write("syncs.c1z", RawFile.PackDatabase(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) INSERT INTO v1_sync_runs (sync_id, started_at, sync_token, sync_type) "
            + "SELECT 'sync' || i, '2026-11-23 08:00:00', '', 'full' FROM n",
            GoodDatabase));

        AssertRefused(path, C1zError.TooLarge, () => ListEverything(path, _folder.Options));
    }

    private static void ListEverything(string path, C1zOptions options)
    {
        using var file = C1zFile.OpenAsIs(path, options);
        foreach (var reader in file.Syncs.All().Select(file.Read))
        {
            _ = reader.Resources().Count() + reader.Entitlements().Count() + reader.Grants().Count() + reader.Principals().Count();
            _ = Enum.GetValues<StoredTable>().Sum(table => reader.Stored(table).Count());
        }
    }

    private static void ReadEverything(string path, C1zOptions options)
    {
        using var file = C1zFile.OpenRead(path, options);
        _ = file.Syncs.Default();
        foreach (var listed in file.Syncs.All())
        {
            var reader = file.Read(file.Syncs.Find(listed.Id) ?? listed);
            _ = reader.Stats();
            _ = reader.Entitlements().Count() + reader.Grants().Count() + reader.ExpandableGrants().Count();
            foreach (var type in reader.ResourceTypes().Select(type => type.Id).Append("user"))
            {
                _ = reader.CountResources(type) + reader.Resources(new() { ResourceTypeId = type }).Count();
            }
        }
    }

    private static void AppendASync(string path, C1zOptions options)
    {
        using var file = C1zFile.OpenWrite(path, options);
        var writer = file.BeginSync(SyncType.Full);
        Samples.PutAll(writer);
        file.DeleteOldSyncs(1, writer.Run);
        writer.End();
        file.Save();
    }

    private static void AssertOneLineOrNone(string path, Action action)
    {
        try
        {
            action();
        }
        catch (C1zException refusal)
        {
            AssertOneLine(refusal, path);
        }
    }

    private void AssertRefused(string path, C1zError error, Action open)
    {
        var refusal = Assert.Throws<C1zException>(open);

        Assert.Equal(error, refusal.Error);
        AssertOneLine(refusal, path);
        _folder.AssertNothingIsLeft();
    }

    private static void AssertOneLine(C1zException refusal, string path)
    {
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    private static byte[] Unpack(byte[] file)
    {
        using var zstd = new Decompressor();
        return zstd.Unwrap(file.AsSpan(RawFile.Magic.Length)).ToArray();
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Frame(ReadOnlySpan<byte> content, int level = 3)
    {
        using var zstd = new Compressor(level);
        return zstd.Wrap(content).ToArray();
    }

    // Frames by hand, from RFC 8878: magic, descriptor, window, content size.
    private static byte[] Header(byte descriptor, byte[] window, ulong size)
    {
        var field = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(field, size);
        return [0x28, 0xB5, 0x2F, 0xFD, descriptor, .. window, .. field];
    }

    /// <summary>A frame of uncompressed blocks, with a window of one's choice and neither a size nor a checksum.</summary>
    private static byte[] RawFrame(ReadOnlySpan<byte> content, byte window)
    {
        List<byte> frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, window];
        for (var at = 0; at < content.Length; at += 64 * 1024)
        {
            var block = content[at..Math.Min(content.Length, at + (64 * 1024))];
            var last = at + block.Length == content.Length ? 1 : 0;
            frame.AddRange(BlockHeader(block.Length, type: 0, last));
            frame.AddRange(block);
        }

        return [.. frame];
    }

    /// <summary>Four bytes of input for every 128 KiB of zeros.</summary>
    private static byte[] RleFrame(int blocks)
    {
        List<byte> frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 7 << 3];
        for (var i = 1; i <= blocks; i++)
        {
            frame.AddRange([.. BlockHeader(128 * 1024, type: 1, i == blocks ? 1 : 0), 0]);
        }

        return [.. frame];
    }

    private static byte[] BlockHeader(int size, int type, int last)
    {
        var header = (size << 3) | (type << 1) | last;
        return [(byte)header, (byte)(header >> 8), (byte)(header >> 16)];
    }
}
