using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Podium.Inventory.Applying;

/// <summary>Hashes the parts of a row in order. Every text is preceded by its length, so that no two rows have the same bytes.</summary>
internal sealed class RowHashBuilder(long seed)
{
    private readonly XxHash128 _hash = new(seed);

    public RowHashBuilder Add(string? text)
    {
        Add(text is null ? -1L : text.Length);
        // In the order of this machine's bytes: hashes never leave the database of a server, and every machine that runs it is little-endian.
        _hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        return this;
    }

    public RowHashBuilder Add(long? number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + 1];
        bytes[0] = number is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number ?? 0);
        _hash.Append(bytes);
        return this;
    }

    public RowHashBuilder Add(bool? flag) => Add(flag is { } known ? (known ? 1L : 0L) : null);

    public UInt128 End() => _hash.GetCurrentHashAsUInt128();
}
