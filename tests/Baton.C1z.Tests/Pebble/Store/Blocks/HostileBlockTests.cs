using Baton.C1z.Pebble.Store.Blocks;
using Baton.C1z.Pebble.Store.Tables;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store.Blocks;

/// <summary>Blocks with right checksums and wrong contents: whoever makes a file can make those too.</summary>
public sealed class HostileBlockTests
{
    private static readonly List<byte[]> Good = StoredBlocks.All();

    private static readonly Dictionary<string, Action<BlockBuffer>> Readers = new(StringComparer.Ordinal)
    {
        ["column data"] = block => ReadAll(new ColumnDataBlock(), block),
        ["row data"] = block => ReadAll(new RowDataBlock(valuesAreMarked: true), block),
        ["column index"] = block => IndexBlock.OfColumns(block).FirstFrom("key/00010"u8),
        ["row index"] = block => IndexBlock.OfRows(block).FirstFrom("key/00010"u8),
        ["column range deletions"] = block => RangeDeletionBlock.OfColumns(block),
        ["row range deletions"] = block => RangeDeletionBlock.OfRows(block),
        ["column names"] = block => NamedEntries.OfColumns(block),
        ["row names"] = block => NamedEntries.OfRows(block),
    };

    public static TheoryData<string> Kinds => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_BlockWasDamaged_IsRefusedOrRead(string kind)
        => Gen.Select(Gen.Int[0, Good.Count - 1], Gen.Select(Gen.Int[0, 1 << 16], Gen.Byte).Array[1, 4], Gen.Int[0, 3]).Sample(
            (index, changes, cut) =>
            {
                var block = Good[index].ToArray();
                foreach (var (place, value) in changes)
                {
                    // Half of the changes hit the head, where the numbers are that lead elsewhere.
                    block[place % (place % 2 == 0 ? block.Length : Math.Min(block.Length, 64))] = value;
                }

                return IsRefusedOrRead(kind, block.AsSpan(..^(cut == 0 ? block.Length / 3 : 0)));
            },
            iter: 4000,
            threads: 1);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_BlockOfAnotherKindOrNone_IsRefusedOrRead(string kind)
    {
        Assert.All(Good, block => IsRefusedOrRead(kind, block));
        for (var length = 0; length < 64; length++)
        {
            Assert.True(IsRefusedOrRead(kind, new byte[length]));
            Assert.True(IsRefusedOrRead(kind, Enumerable.Repeat((byte)0xff, length).ToArray()));
        }
    }

    [Fact]
    public void Unpack_PackedBytesWereDamaged_IsRefusedOrRead()
    {
        var snappy = Snappier.Snappy.CompressToArray(Good.MaxBy(block => block.Length)!);
        using var compressor = new ZstdSharp.Compressor();
        byte[] zstd = [0xa0, 0x8d, 0x06, .. compressor.Wrap(new byte[100_000])];

        Gen.Select(Gen.Bool, Gen.Byte[0, 9], Gen.Select(Gen.Int[0, 1 << 16], Gen.Byte).Array[0, 4]).Sample(
            (isZstd, kind, changes) =>
            {
                var packed = (isZstd ? zstd : snappy).ToArray();
                foreach (var (place, value) in changes)
                {
                    packed[place % (place % 2 == 0 ? packed.Length : 8)] = value;
                }

                return IsRefusedOrRead(() => BlockCompression.Unpack(kind, packed, new BlockBuffer()));
            },
            iter: 4000,
            threads: 1);
    }

    private static bool IsRefusedOrRead(string kind, ReadOnlySpan<byte> block)
    {
        var buffer = StoredBlocks.Buffer(block);
        return IsRefusedOrRead(() => Readers[kind](buffer));
    }

    private static bool IsRefusedOrRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception refusal) when (refusal is InvalidDataException or C1zException)
        {
            return true;
        }
    }

    private static void ReadAll(DataBlock records, BlockBuffer block)
    {
        records.Load(block);
        var bytes = 0L;
        while (records.MoveNext())
        {
            bytes += records.Key.Length + records.Value.Length;
        }

        Assert.True(bytes >= 0);
    }
}
