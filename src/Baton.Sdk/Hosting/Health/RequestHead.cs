using System.Text;

namespace Baton.Sdk.Hosting.Health;

/// <summary>The first line of an HTTP/1 request, which is all of a probe that matters.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Path">Without the query.</param>
internal sealed record RequestHead(string Method, string Path)
{
    /// <summary>The head of a probe has a few hundred bytes.</summary>
    public const int MostBytes = 16 * 1024;

    private static ReadOnlySpan<byte> Blank => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> BareBlank => "\n\n"u8;

    /// <summary>Whether the blank line is there that ends a head.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> received) => received.IndexOf(Blank) >= 0 || received.IndexOf(BareBlank) >= 0;

    /// <returns>Null when it is not HTTP/1.</returns>
    public static RequestHead? Parse(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf((byte)'\n');
        if (end < 0 || Encoding.Latin1.GetString(received[..end]).TrimEnd('\r').Split(' ') is not [{ Length: > 0 } method, var target, "HTTP/1.0" or "HTTP/1.1"])
        {
            return null;
        }

        // A proxy sends the whole address.
        var path = target.StartsWith('/') ? target : Uri.TryCreate(target, UriKind.Absolute, out var whole) ? whole.AbsolutePath : null;
        return path is null ? null : new(method, path.Split('?', 2)[0]);
    }
}
