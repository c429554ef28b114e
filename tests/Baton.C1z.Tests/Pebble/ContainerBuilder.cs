using System.Buffers.Binary;
using System.IO.Hashing;
using Baton.Protocol.C1z.V3;
using Google.Protobuf;
using ZstdSharp;

namespace Baton.C1z.Tests.Pebble;

/// <summary>Makes v3 files, also such as no writer makes.</summary>
internal sealed class ContainerBuilder
{
    public string Engine { get; init; } = "pebble3";

    public PayloadEncoding Encoding { get; init; } = PayloadEncoding.IndexedZstd;

    /// <summary>What a length before the manifest says; null for the truth.</summary>
    public uint? ManifestLength { get; init; }

    /// <summary>Changes an entry of the index after it was made right.</summary>
    public Action<IndexedFrameEntry> Entry { get; init; } = _ => { };

    public Action<IndexedFrameIndex> Index { get; init; } = _ => { };

    /// <summary>Is added to where the footer says that the index is.</summary>
    public long IndexShift { get; init; }

    public byte[] Indexed(params (string Name, byte[] Content)[] files)
    {
        using var output = new MemoryStream();
        var manifest = WriteHead(output);
        var index = new IndexedFrameIndex { ManifestXxh64 = XxHash64.HashToUInt64(manifest) };
        using var zstd = new Compressor();
        foreach (var (name, content) in files)
        {
            var frame = zstd.Wrap(content);
            var entry = new IndexedFrameEntry
            {
                Name = name,
                FrameOffset = output.Position,
                CompressedSize = frame.Length,
                RawSize = content.Length,
                RawXxh64 = XxHash64.HashToUInt64(content),
                RawSha256 = ByteString.CopyFrom(new byte[32]),
            };
            Entry(entry);
            index.Entries.Add(entry);
            output.Write(frame);
        }

        Index(index);
        var bytes = index.ToByteArray();
        Span<byte> footer = stackalloc byte[28];
        BinaryPrimitives.WriteInt64BigEndian(footer, output.Position + IndexShift);
        BinaryPrimitives.WriteInt32BigEndian(footer[8..], bytes.Length);
        BinaryPrimitives.WriteUInt64BigEndian(footer[12..], XxHash64.HashToUInt64(bytes));
        "C1ZIDX1\0"u8.CopyTo(footer[20..]);
        output.Write(bytes);
        output.Write(footer);
        return output.ToArray();
    }

    /// <summary>A payload that is given, such as an archive.</summary>
    public byte[] Plain(ReadOnlySpan<byte> payload)
    {
        using var output = new MemoryStream();
        WriteHead(output);
        output.Write(payload);
        return output.ToArray();
    }

    /// <summary>One header of an archive, and what follows it.</summary>
    public static byte[] Archive(string name, byte[] content, char type = '0', long? size = null, bool isWhole = true)
    {
        var header = new byte[512];
        System.Text.Encoding.UTF8.GetBytes(name).CopyTo(header, 0);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(size ?? content.Length, 8).PadLeft(11, '0')).CopyTo(header, 124);
        header[156] = (byte)type;
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        "00"u8.CopyTo(header.AsSpan(263));
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(value => value);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0").CopyTo(header, 148);
        byte[] padding = new byte[-content.Length & 511];
        return [.. header, .. content, .. padding, .. isWhole ? new byte[1024] : []];
    }

    private byte[] WriteHead(MemoryStream output)
    {
        var manifest = new C1ZManifestV3 { Engine = Engine, PayloadEncoding = Encoding }.ToByteArray();
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, ManifestLength ?? (uint)manifest.Length);
        output.Write("C1Z3\0"u8);
        output.Write(length);
        output.Write(manifest);
        return manifest;
    }
}
