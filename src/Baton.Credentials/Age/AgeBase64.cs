namespace Baton.Credentials.Age;

/// <summary>Base64 as age has it in its header: the standard alphabet without padding, and one text only for each value.</summary>
internal static class AgeBase64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <exception cref="DecryptionException">It is another text than <see cref="Encode"/> would have made.</exception>
    public static byte[] Decode(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var written) && Encode(bytes.AsSpan(0, written)) == text
            ? bytes[..written]
            : throw new DecryptionException("parsing age header: a value is not unpadded base64");
    }
}
