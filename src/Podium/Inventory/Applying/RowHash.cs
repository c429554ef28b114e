using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;

namespace Podium.Inventory.Applying;

/// <summary>Hashes by which rows are found and compared. Keyed, see <see cref="InventoryState.HashSeed"/>.</summary>
internal sealed class RowHash(long seed)
{
    public const int Bytes = 16;

    private const int StackBytes = 512;

    public UInt128 Of(ReadOnlySpan<byte> data) => XxHash128.HashToUInt128(data, seed);

    /// <summary>Of a row's type and id. Equal for a row of the file and the row that was stored for it, whatever bytes a stranger's file has.</summary>
    public UInt128 Key(ReadOnlySpan<byte> type, ReadOnlySpan<byte> id)
    {
        var length = type.Length + 1 + id.Length;
        var joined = length <= StackBytes ? stackalloc byte[length] : new byte[length];
        type.CopyTo(joined);
        joined[type.Length] = 0;
        id.CopyTo(joined[(type.Length + 1)..]);
        return IsPlain(type) && IsPlain(id) ? Of(joined) : Key(Text(type), Text(id));
    }

    public UInt128 Key(string type, string id) => Key(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(id));

    /// <summary>Of one grant: what, to whom, and everything else that its message says.</summary>
    public UInt128 Grant(UInt128 entitlement, UInt128 account, ReadOnlySpan<byte> data)
    {
        Span<byte> parts = stackalloc byte[3 * Bytes];
        BinaryPrimitives.WriteUInt128LittleEndian(parts, entitlement);
        BinaryPrimitives.WriteUInt128LittleEndian(parts[Bytes..], account);
        BinaryPrimitives.WriteUInt128LittleEndian(parts[(2 * Bytes)..], Of(data));
        return Of(parts);
    }

    /// <summary>Of texts and numbers, one after the other.</summary>
    public RowHashBuilder Build() => new(seed);

    public static byte[] ToBytes(UInt128 hash)
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        return bytes;
    }

    public static UInt128 FromBytes(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128LittleEndian(bytes);

    /// <summary>A text of the file as it can be stored: PostgreSQL takes no NUL.</summary>
    public static string Text(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8));

    public static string Text(string text) => text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;

    private static bool IsPlain(ReadOnlySpan<byte> utf8) => !utf8.Contains((byte)0) && Utf8.IsValid(utf8);
}
