namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>The key of an entry in a block of rows, with its trailer; the next entry keeps a part of it.</summary>
internal sealed class RowKey
{
    // Of all keys that a block was read into: entries of a few bytes each can stand for keys that are long.
    private long _total;
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlySpan<byte> Encoded => _bytes.AsSpan(0, _length);

    public void Become(RowEntries entry, BlockBuffer block)
    {
        var (start, length) = entry.Rest;
        if (entry.Kept > _length)
        {
            throw new InvalidDataException("an entry keeps more of the key before than there is");
        }

        _length = entry.Kept + length;
        _total += _length;
        if (_length > DataBlock.MaxKeyBytes + InternalKey.TrailerLength || _total > BlockCompression.MaxBlockBytes)
        {
            throw StoreFault.TooLarge("has keys that are too long");
        }

        if (_bytes.Length < _length)
        {
            Array.Resize(ref _bytes, Math.Max(_length, 256));
        }

        block.Span.Slice(start, length).CopyTo(_bytes.AsSpan(entry.Kept));
    }
}
