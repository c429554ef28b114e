using System.Buffers.Binary;
using System.IO.Hashing;
using Baton.C1z.Container;
using Baton.Protocol.C1z.V3;
using Google.Protobuf;

namespace Baton.C1z.Pebble;

/// <summary>
/// The v3 container: the magic, a manifest with its length before it, and a payload that holds the files of a key-value store. Source:
/// docs/c1z-format.md.
/// </summary>
internal sealed class PebbleContainer
{
    private const int MaxManifestBytes = 16 << 20;

    private PebbleContainer(PayloadEncoding encoding, long payloadStart, ulong manifestHash)
    {
        Encoding = encoding;
        PayloadStart = payloadStart;
        ManifestHash = manifestHash;
    }

    public PayloadEncoding Encoding { get; }

    /// <summary>From the start of the file.</summary>
    public long PayloadStart { get; }

    public ulong ManifestHash { get; }

    /// <summary>Reads what stands in front of the payload, and leaves the file there.</summary>
    /// <exception cref="C1zException">It is damaged, or of a kind that is not known.</exception>
    public static PebbleContainer ReadHead(string path, Stream file)
    {
        Span<byte> head = stackalloc byte[C1zMagic.Length + sizeof(uint)];
        file.ReadExactly(head);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head[C1zMagic.Length..]);
        if (length > MaxManifestBytes)
        {
            throw Damage(path, $"its manifest claims {length} bytes");
        }

        if (length > file.Length - file.Position)
        {
            throw new EndOfStreamException();
        }

        var manifest = new byte[length];
        file.ReadExactly(manifest);
        var (engine, encoding) = ReadManifest(path, manifest);
        return engine is "pebble2" or "pebble3"
            ? new(encoding, file.Position, XxHash64.HashToUInt64(manifest))
            : throw new C1zException(
                C1zError.UnsupportedVersion, $"{path} is a v3 .c1z file of the storage engine \"{engine}\", which is not known here; a newer baton may read it");
    }

    /// <summary>Writes the store's files into a folder.</summary>
    /// <exception cref="C1zException">The payload is damaged, of a kind that is not known, or larger than the limits allow.</exception>
    public void Unpack(string path, FileStream file, PayloadFolder folder)
    {
        switch (Encoding)
        {
            case PayloadEncoding.IndexedZstd:
                new IndexedPayload(path, file, this).Unpack(folder);
                break;
            case PayloadEncoding.TarZstd:
                using (var zstd = folder.Decompress(file))
                {
                    TarPayload.Unpack(path, zstd, folder);
                }

                break;
            case PayloadEncoding.Tar:
                TarPayload.Unpack(path, file, folder);
                break;
            default:
                throw new C1zException(
                    C1zError.UnsupportedVersion, $"{path} is a v3 .c1z file whose payload is encoded in way {(int)Encoding}, which is not known here; a newer baton may read it");
        }
    }

    public static C1zException Damage(string path, string what, Exception? inner = null) => new(C1zError.Corrupt, $"{path} is damaged: {what}", inner);

    // Field by field: a manifest is mostly descriptors of its records, and parsing those would cost more memory than a stranger's file is
    // worth.
    private static (string Engine, PayloadEncoding Encoding) ReadManifest(string path, byte[] manifest)
    {
        var (engine, encoding) = ("", PayloadEncoding.Unspecified);
        try
        {
            var input = new CodedInputStream(manifest);
            uint tag;
            while ((tag = input.ReadTag()) != 0)
            {
                switch (tag)
                {
                    case (C1ZManifestV3.EngineFieldNumber << 3) | (int)WireFormat.WireType.LengthDelimited:
                        engine = input.ReadString();
                        break;
                    case (C1ZManifestV3.PayloadEncodingFieldNumber << 3) | (int)WireFormat.WireType.Varint:
                        encoding = (PayloadEncoding)input.ReadEnum();
                        break;
                    default:
                        input.SkipLastField();
                        break;
                }
            }
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw Damage(path, "its manifest cannot be read", damage);
        }

        return engine.Length > 0 ? (engine, encoding) : throw Damage(path, "its manifest names no storage engine");
    }
}
