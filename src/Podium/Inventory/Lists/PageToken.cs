using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Podium.Inventory.Lists;

/// <summary>
/// Where a page begins: the key of the row beside it. Bound to the filters of its list, since with others it would silently leave rows out.
/// Not a secret and not signed: whoever makes one up reads a part of what they may read.
/// </summary>
internal sealed record PageToken(string Filter, bool IsBackward, IReadOnlyList<string> Key)
{
    private const int DigestBytes = 12;

    public static string FilterOf(object filter)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{filter.GetType().Name} {filter}"))[..DigestBytes]);

    /// <param name="keys">How many parts its key has.</param>
    /// <exception cref="PageTokenException">It is not one of this list and these filters.</exception>
    public static PageToken? Parse(string? text, string filter, int keys)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var token = JsonSerializer.Deserialize<PageToken>(Base64Url.DecodeFromChars(text));
            return token?.Filter == filter && token.Key.Count == keys && token.Key.All(part => part is not null && !part.Contains('\0')) ? token : throw new PageTokenException();
        }
        catch (Exception damage) when (damage is FormatException or JsonException)
        {
            throw new PageTokenException(damage);
        }
    }

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="PageTokenException">It is no number.</exception>
    public long Number(int part) => long.TryParse(Key[part], out var number) ? number : throw new PageTokenException();
}

internal sealed class PageTokenException(Exception? inner = null)
    : Exception("This page token belongs to another list or other filters: begin with the first page.", inner);
