namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>The bytes of one block, as stored and unpacked. It is used again for the next one.</summary>
internal sealed class BlockBuffer
{
    private byte[] _stored = [];
    private byte[] _unpacked = [];

    /// <summary>The unpacked block is at the beginning of this; what follows it belongs to an earlier one.</summary>
    public byte[] Data { get; private set; } = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => Data.AsSpan(0, Length);

    public Span<byte> Stored(int length) => Sized(ref _stored, length).AsSpan(0, length);

    public Span<byte> Unpacked(int length)
    {
        Data = Sized(ref _unpacked, length);
        Length = length;
        return Data.AsSpan(0, length);
    }

    /// <summary>The block was stored as it is.</summary>
    public void UseStored(int length)
    {
        Data = _stored;
        Length = length;
    }

    // Doubled, since the sizes of blocks vary a little and nothing is gained by an array for each.
    private static byte[] Sized(ref byte[] array, int length)
    {
        if (array.Length < length)
        {
            array = new byte[Math.Max(length, Math.Min(array.Length * 2L, 1 << 20))];
        }

        return array;
    }
}
