namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>What tables of a version have. Versions only ever added to it.</summary>
internal readonly record struct TableFormat(uint Version)
{
    public const uint Newest = 7;

    /// <summary>The values of sets begin with a byte that says where they are, unless they are in columns.</summary>
    public bool MarksValues => Version >= 3;

    public bool HasColumns => Version >= 5;

    /// <summary>The list of a table's other blocks is in columns too, and the footer has a checksum.</summary>
    public bool HasColumnMetaindex => Version >= 6;

    /// <summary>The footer says what the table has, so that the properties need not be asked.</summary>
    public bool HasAttributes => Version >= 7;
}
