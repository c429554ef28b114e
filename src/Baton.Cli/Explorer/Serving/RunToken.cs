using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Cli.Explorer.Serving;

/// <summary>
/// The secret of one run, the first segment of every address. It is not a cookie, because a browser gives the cookies of 127.0.0.1 to
/// whatever listens there, on any port.
/// </summary>
internal sealed class RunToken
{
    private const int RandomBytes = 24;

    private readonly byte[] _expected;

    private RunToken(string text)
    {
        Text = text;
        _expected = Encoding.UTF8.GetBytes(text);
    }

    public string Text { get; }

    public static RunToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Takes as long for a wrong token as for the right one.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        Span<byte> given = stackalloc byte[128];
        return Encoding.UTF8.TryGetBytes(text, given, out var length) && CryptographicOperations.FixedTimeEquals(given[..length], _expected);
    }
}
