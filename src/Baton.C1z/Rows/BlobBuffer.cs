using System.Buffers;
using Google.Protobuf;

namespace Baton.C1z.Rows;

/// <summary>The messages of one batch of rows, one behind the other in one buffer.</summary>
internal sealed class BlobBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes;
    private readonly List<int> _ends;

    public BlobBuffer(int rows)
    {
        _bytes = new ArrayBufferWriter<byte>(Math.Max(256, rows * 256));
        _ends = new List<int>(rows);
    }

    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var start = row == 0 ? 0 : _ends[row - 1];
            return _bytes.WrittenSpan[start.._ends[row]];
        }
    }

    public void Add(IMessage message)
    {
        message.WriteTo(_bytes);
        _ends.Add(_bytes.WrittenCount);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        _ends.Add(_bytes.WrittenCount);
    }
}
