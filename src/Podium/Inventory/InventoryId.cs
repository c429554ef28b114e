using System.Buffers.Binary;
using System.Security.Cryptography;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>
/// The public id of a row of the inventory: made of its kind and key, and read back, so that it takes no room in tables of millions. Has the
/// form of a <see cref="Ksuid"/>, and sorts as the key does. The digest at its end tells a mistyped one from one that does not exist; it is
/// no secret.
/// </summary>
internal static class InventoryId
{
    private const int Bytes = 20;
    private const int KeyAt = 4;
    private const int DigestAt = 12;

    public static Ksuid Of(InventoryKind kind, long key)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)kind);
        BinaryPrimitives.WriteInt64BigEndian(bytes[KeyAt..], key);
        WriteDigest(bytes);
        return Ksuid.FromBytes(bytes);
    }

    /// <summary>False when the text is no id, or one of something else.</summary>
    public static bool TryParse(InventoryKind kind, string? text, out long key)
    {
        key = 0;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!Ksuid.TryParse(text, out var id) || !id.TryWriteBytes(bytes) || BinaryPrimitives.ReadUInt32BigEndian(bytes) != (uint)kind)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Bytes];
        bytes[..DigestAt].CopyTo(expected);
        WriteDigest(expected);
        key = BinaryPrimitives.ReadInt64BigEndian(bytes[KeyAt..]);
        return bytes.SequenceEqual(expected);
    }

    private static void WriteDigest(Span<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..DigestAt], digest);
        digest[..(Bytes - DigestAt)].CopyTo(bytes[DigestAt..]);
    }
}

/// <summary>The values stand in public ids: they never change, and none is used for another kind.</summary>
internal enum InventoryKind : uint
{
    ResourceType = 0x10000001,
    Resource = 0x10000002,
    Account = 0x10000003,
    Entitlement = 0x10000004,
}
