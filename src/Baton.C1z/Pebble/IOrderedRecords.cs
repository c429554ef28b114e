namespace Baton.C1z.Pebble;

/// <summary>Keys and values in the order of the keys' bytes.</summary>
internal interface IOrderedRecords
{
    /// <summary>Those from a key on and before another one. What is yielded is valid until the next is asked for.</summary>
    IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> before);
}
