using System.Buffers.Binary;
using Baton.C1z.Pebble.Store.Blocks;
using Microsoft.Win32.SafeHandles;

namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>Reads blocks of an open table, and checks each.</summary>
internal sealed class TableFile : IDisposable
{
    // Behind each block: how it was packed, and a checksum of both.
    private const int TrailerLength = 1 + sizeof(uint);

    private readonly SafeFileHandle _handle;
    private readonly long _length;

    public TableFile(string path)
    {
        _handle = File.OpenHandle(path);
        try
        {
            _length = RandomAccess.GetLength(_handle);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();

    public TableFooter ReadFooter()
    {
        Span<byte> end = stackalloc byte[TableFooter.MaxLength];
        end = end[..(int)Math.Min(_length, end.Length)];
        ReadExactly(end, _length - end.Length);
        return TableFooter.Parse(end);
    }

    public void Read(BlockHandle block, BlockBuffer buffer)
    {
        // The file is complete: whatever lies within it can be asked for.
        if (block.Length > (ulong)_length || block.Offset > (ulong)_length - block.Length || (ulong)_length - block.Length - block.Offset < TrailerLength)
        {
            throw new InvalidDataException("a block lies outside of the file");
        }

        if (block.Length > BlockCompression.MaxBlockBytes)
        {
            throw StoreFault.TooLarge($"has a block of {block.Length} bytes");
        }

        var length = (int)block.Length;
        var stored = buffer.Stored(length + TrailerLength);
        ReadExactly(stored, (long)block.Offset);
        if (Checksum.Of(stored[..(length + 1)]) != BinaryPrimitives.ReadUInt32LittleEndian(stored[(length + 1)..]))
        {
            throw new InvalidDataException("the checksum of a block is wrong");
        }

        BlockCompression.Unpack(stored[length], stored[..length], buffer);
    }

    private void ReadExactly(Span<byte> target, long offset)
    {
        while (target.Length > 0)
        {
            var read = RandomAccess.Read(_handle, target, offset);
            if (read == 0)
            {
                throw new InvalidDataException("it ends too early");
            }

            target = target[read..];
            offset += read;
        }
    }
}
