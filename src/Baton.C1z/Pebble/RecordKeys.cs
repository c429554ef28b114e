using Baton.C1z.Pebble.Store;

namespace Baton.C1z.Pebble;

/// <summary>
/// Where the records of a store are: a byte for the layout, one for the kind, then ids. The records hold those too, so that their keys are
/// only ranges here.
/// </summary>
internal static class RecordKeys
{
    private const byte Layout = 3;

    public static KeyRange ResourceTypes { get; } = Kind(1);

    public static KeyRange Resources { get; } = Kind(2);

    public static KeyRange Entitlements { get; } = Kind(3);

    public static KeyRange Grants { get; } = Kind(4);

    public static KeyRange Assets { get; } = Kind(5);

    public static KeyRange SyncRun { get; } = Kind(6);

    public static KeyRange Sessions { get; } = Kind(9);

    /// <summary>Everything.</summary>
    public static KeyRange All { get; } = Range([Layout], [Layout + 1]);

    /// <summary>A number, big-endian, in the file since it holds one sync.</summary>
    public static KeyRange KeyspaceVersion { get; } = About("keyspace_version"u8);

    /// <summary>A number, big-endian; absent from files of older writers.</summary>
    public static KeyRange IdFormat { get; } = About("grant_entitlement_id_format"u8);

    private static KeyRange Kind(byte kind) => Range([Layout, kind], [Layout, (byte)(kind + 1)]);

    private static KeyRange About(ReadOnlySpan<byte> name)
    {
        byte[] key = [Layout, 0xFF, .. name];
        return Range(key, [.. key, 0]);
    }

    private static KeyRange Range(byte[] from, byte[] before) => new(from, before);
}
