namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>The records of one block after another, in order. Reading stands before the first record when a block was loaded.</summary>
internal abstract class DataBlock
{
    /// <summary>
    /// Keys are made of ids. Where many share their beginning, a small block can stand for very many bytes of keys: this bounds them.
    /// </summary>
    public const int MaxKeyBytes = 64 << 10;

    private byte[] _key = [];
    private int _keyLength;

    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    public ReadOnlyMemory<byte> KeyMemory => _key.AsMemory(0, _keyLength);

    public ulong Trailer { get; protected set; }

    /// <summary>True if the value is elsewhere, and only a reference to it is here.</summary>
    public bool IsElsewhere { get; protected set; }

    public abstract ReadOnlyMemory<byte> Value { get; }

    /// <summary>Goes to the block that was read into the buffer. What the block before gave is gone.</summary>
    public abstract void Load(BlockBuffer block);

    public abstract bool MoveNext();

    /// <summary>Keeps the first bytes of the key and puts others behind them.</summary>
    protected void SetKey(int kept, ReadOnlySpan<byte> rest)
    {
        if (rest.Length > MaxKeyBytes - kept)
        {
            throw StoreFault.TooLarge($"has a key of more than {MaxKeyBytes >> 10} KiB");
        }

        _keyLength = kept + rest.Length;
        if (_key.Length < _keyLength)
        {
            Array.Resize(ref _key, Math.Max(_keyLength, 256));
        }

        rest.CopyTo(_key.AsSpan(kept));
    }
}
