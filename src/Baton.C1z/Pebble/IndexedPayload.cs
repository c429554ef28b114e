using System.Buffers.Binary;
using System.IO.Hashing;
using Baton.Protocol.C1z.V3;
using Google.Protobuf;

namespace Baton.C1z.Pebble;

/// <summary>A payload of zstd frames, one a file of the store, with an index behind them and a footer that says where that is.</summary>
internal sealed class IndexedPayload(string path, FileStream file, PebbleContainer container)
{
    /// <summary>Offset and length of the index, its hash, and the magic.</summary>
    private const int FooterBytes = 8 + 4 + 8 + 8;

    // An entry takes some 100 bytes and stands for a file of megabytes.
    private const int MaxIndexBytes = 4 << 20;

    private static ReadOnlySpan<byte> FooterMagic => "C1ZIDX1\0"u8;

    public void Unpack(PayloadFolder folder)
    {
        var index = ReadIndex(out var indexStart);
        var entries = ReadEntries(index, indexStart);
        foreach (var entry in entries)
        {
            Unpack(entry, folder);
        }
    }

    private byte[] ReadIndex(out long start)
    {
        Span<byte> footer = stackalloc byte[FooterBytes];
        if (file.Length < container.PayloadStart + FooterBytes)
        {
            throw new EndOfStreamException();
        }

        file.Position = file.Length - FooterBytes;
        file.ReadExactly(footer);
        if (!footer[^FooterMagic.Length..].SequenceEqual(FooterMagic))
        {
            throw new EndOfStreamException();
        }

        var offset = BinaryPrimitives.ReadUInt64BigEndian(footer);
        var length = BinaryPrimitives.ReadUInt32BigEndian(footer[8..]);
        if (length > MaxIndexBytes || offset < (ulong)container.PayloadStart || offset != (ulong)(file.Length - FooterBytes) - length)
        {
            throw Damage("its index is not where its last bytes say");
        }

        start = (long)offset;
        var index = new byte[length];
        file.Position = start;
        file.ReadExactly(index);
        return XxHash64.HashToUInt64(index) == BinaryPrimitives.ReadUInt64BigEndian(footer[12..]) ? index : throw Damage("the checksum of its index is wrong");
    }

    private List<IndexedFrameEntry> ReadEntries(byte[] bytes, long indexStart)
    {
        IndexedFrameIndex index;
        try
        {
            index = IndexedFrameIndex.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw PebbleContainer.Damage(path, "its index cannot be read", damage);
        }

        if (index.ManifestXxh64 != 0 && index.ManifestXxh64 != container.ManifestHash)
        {
            throw Damage("the checksum of its manifest is wrong");
        }

        foreach (var entry in index.Entries)
        {
            if (entry.RawSize < 0 || entry.CompressedSize <= 0
                || entry.FrameOffset < container.PayloadStart || entry.FrameOffset > indexStart || entry.CompressedSize > indexStart - entry.FrameOffset)
            {
                throw Damage("its index names bytes that are not in it");
            }
        }

        return [.. index.Entries];
    }

    private void Unpack(IndexedFrameEntry entry, PayloadFolder folder)
    {
        var hash = new XxHash64();
        using var frame = new FileRange(file, entry.FrameOffset, entry.CompressedSize);
        using var zstd = folder.Decompress(frame);
        folder.Write(entry.Name, zstd, entry.RawSize, piece => hash.Append(piece));
        if (hash.GetCurrentHashAsUInt64() != entry.RawXxh64 || zstd.ReadByte() >= 0)
        {
            throw Damage($"the checksum of its file {entry.Name} is wrong");
        }
    }

    private C1zException Damage(string what) => PebbleContainer.Damage(path, what);
}
