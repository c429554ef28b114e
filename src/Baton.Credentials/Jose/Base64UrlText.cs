using System.Buffers;
using System.Buffers.Text;

namespace Baton.Credentials.Jose;

/// <summary>
/// Base64url as JOSE has it: no padding, no white space, no stray bits. The base library's decoder lets the first two pass.
/// </summary>
public static class Base64UrlText
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Decodes into the caller's buffer, which is longer than needed; tells how much of it is used.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        return !text.ContainsAnyExcept(Alphabet)
            && text.Length % 4 != 1
            && Base64Url.DecodeFromUtf8(text, destination, out _, out written) == OperationStatus.Done;
    }

    public static int MaxLength(int textLength) => Base64Url.GetMaxDecodedLength(textLength);

    /// <exception cref="FormatException">It is not base64url.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[MaxLength(text.Length)];
        return TryDecode(text, bytes, out var written) ? bytes[..written] : throw new FormatException("a value is not unpadded base64url");
    }
}
