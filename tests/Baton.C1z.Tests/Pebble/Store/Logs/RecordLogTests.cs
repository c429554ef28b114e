using System.Buffers.Binary;
using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Logs;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store.Logs;

public sealed class RecordLogTests
{
    private const int BlockLength = 32 << 10;
    private const uint Number = 9;

    [Fact]
    public void Read_WholeRecords_GivesThem()
        => Assert.Equal(["one"u8.ToArray(), [], "three"u8.ToArray()], Read([.. Chunk(1, "one"u8), .. Chunk(5, []), .. Chunk(9, "three"u8)]));

    [Fact]
    public void Read_RecordGoesOnInTheNextBlock_IsPutTogether()
    {
        var record = Enumerable.Range(0, 70_000).Select(i => (byte)i).ToArray();
        byte[] log =
        [
            .. Chunk(10, record.AsSpan(0, BlockLength - 19)), .. Chunk(11, record.AsSpan(BlockLength - 19, BlockLength - 19)),
            .. Chunk(12, record.AsSpan(2 * (BlockLength - 19))), .. Chunk(9, "next"u8),
        ];

        Assert.Equal([record, "next"u8.ToArray()], Read(log));
    }

    [Fact]
    public void Read_RestOfABlockIsTooSmall_IsSkipped()
    {
        var first = new byte[BlockLength - 19 - 18];

        Assert.Equal([first, "next"u8.ToArray()], Read([.. Chunk(9, first), .. new byte[18], .. Chunk(9, "next"u8)]));
    }

    [Fact]
    public void Read_LogWasUsedAgain_EndsWhereTheOldPiecesBegin()
        => Assert.Equal(["new"u8.ToArray()], Read([.. Chunk(9, "new"u8), .. Chunk(9, "old"u8, Number + 1)]));

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Read_WriterWasStopped_EndsBeforeOrIsRefused(int cut)
    {
        byte[] log = [.. Chunk(9, "whole"u8), .. Chunk(9, "cut"u8)];

        Assert.Equal(["whole"u8.ToArray()], Read(log[..^cut], LogEnd.Torn));
        Assert.Throws<InvalidDataException>(() => Read(log[..^cut]));
    }

    [Fact]
    public void Read_RoomWasMadeBeforehand_EndsAtTheZeros()
        => Assert.Equal(["whole"u8.ToArray()], Read([.. Chunk(9, "whole"u8), .. new byte[500]], LogEnd.Torn));

    [Fact]
    public void Read_ALaterPieceSaysTheDamagedOneWasSafe_IsRefused()
    {
        var first = Chunk(9, new byte[BlockLength - 19]);
        first[100] ^= 1;

        Assert.Empty(Read([.. first, .. Chunk(9, "later"u8)], LogEnd.Torn));
        Assert.Throws<InvalidDataException>(() => Read([.. first, .. Chunk(9, "later"u8, synced: BlockLength)], LogEnd.Torn));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(11)]
    public void Read_ARecordWithoutItsBeginning_IsRefused(byte type) => Assert.Throws<InvalidDataException>(() => Read(Chunk(type, "x"u8)));

    [Fact]
    public void Read_ARecordWithoutItsEnd_IsRefused()
        => Assert.Throws<InvalidDataException>(() => Read([.. Chunk(10, "x"u8), .. Chunk(9, "y"u8)]));

    [Fact]
    public void Read_AnyBytes_EndsOrIsRefused()
    {
        byte[] good = [.. Chunk(9, "one"u8), .. Chunk(10, new byte[BlockLength - 60]), .. Chunk(12, "two"u8), .. Chunk(1, "three"u8)];

        Gen.Select(Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 5], Gen.Enum<LogEnd>()).Sample(
            (changes, end) =>
            {
                var log = good.ToArray();
                foreach (var (place, value) in changes)
                {
                    log[place] = value;
                }

                try
                {
                    return Read(log, end).Count <= 4;
                }
                catch (InvalidDataException)
                {
                    return true;
                }
            },
            iter: 500,
            threads: 1);
    }

    private static List<byte[]> Read(byte[] log, LogEnd end = LogEnd.Clean) => [.. RecordLog.Read(new MemoryStream(log), Number, end)];

    private static byte[] Chunk(byte type, ReadOnlySpan<byte> payload, uint number = Number, ulong synced = 0)
    {
        var header = type > 8 ? 19 : type > 4 ? 11 : 7;
        byte[] chunk = [.. new byte[header], .. payload];
        BinaryPrimitives.WriteUInt16LittleEndian(chunk.AsSpan(4), (ushort)payload.Length);
        chunk[6] = type;
        if (type > 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(7), number);
        }

        if (type > 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(chunk.AsSpan(11), synced);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(chunk, Checksum.Of(chunk.AsSpan(6)));
        return chunk;
    }
}
