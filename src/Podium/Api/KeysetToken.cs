using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Podium.Api;

/// <summary>
/// Where a list goes on: the key of the last row, bound to what was asked, so that a token of another list or filter is refused instead of skipping rows.
/// It carries no secret and no authority.
/// </summary>
internal static class KeysetToken
{
    private const int HashLength = 8;

    /// <param name="question">List and filter, in any form that is the same next time.</param>
    /// <param name="key">Of the last row.</param>
    public static string Make(string question, string key) => Base64Url.EncodeToString([.. HashOf(question), .. Encoding.UTF8.GetBytes(key)]);

    /// <returns>The key; null at the beginning.</returns>
    /// <exception cref="ApiException">The token is none, or of another question.</exception>
    public static string? Read(string question, string? token)
    {
        if (token is null)
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(token);
            if (bytes.Length > HashLength && bytes.AsSpan(0, HashLength).SequenceEqual(HashOf(question)))
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, HashLength, bytes.Length - HashLength);
            }
        }
        catch (Exception malformed) when (malformed is FormatException or DecoderFallbackException)
        {
        }

        throw new ApiException(ApiCode.InvalidArgument, "This page token is not of this list and filter: begin without one.");
    }

    private static ReadOnlySpan<byte> HashOf(string question) => SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, HashLength);
}
