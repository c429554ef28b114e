using System.Buffers;
using System.Text.RegularExpressions;

namespace Baton.Configuration.Secrets;

/// <summary>
/// What can be seen to be a secret by its form, whoever it belongs to: what an <c>Authorization</c> header holds, tokens of Grafana,
/// client secrets, signed tokens, private keys, and the part of a URL that signs in. A server that repeats a request shows them also
/// where they are too short, or too little known, to be looked for by their text.
/// </summary>
internal static partial class SecretShapes
{
    // Few texts have any of these, and a search for them costs next to nothing.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        ["glsa_", "glc_", "eyJ", "bearer", "basic", "secret-token:", "age-secret-key-", "://"], StringComparison.OrdinalIgnoreCase);

    public static string Redact(string text)
        => !text.AsSpan().ContainsAny(Signs)
            ? text
            : Basic().Replace(Whole().Replace(text, Redactor.Replacement), match => SignsIn(match.ValueSpan) ? Redactor.Replacement : match.Value);

    // Of "Basic authentication" nothing is a secret; of what decodes to user:password, everything.
    private static bool SignsIn(ReadOnlySpan<char> word)
    {
        var padded = word.TrimEnd('=').ToString();
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written) && bytes.AsSpan(0, written).Contains((byte)':');
    }

    [GeneratedRegex(
        """
        (?<![\w.-])glsa_\w{8,}
        |(?<![\w.-])glc_[A-Za-z0-9_+/=-]{8,}
        |(?<![\w.-])eyJrIjoi[A-Za-z0-9_+/=-]{8,}
        |(?<![\w.-])eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+
        |secret-token:[\w.-]+:v\d+:[\w=-]+
        |(?i:age-secret-key-)[\w-]+
        |(?<=(?i:\bbearer)\s+)(?=[A-Za-z._~+/-]*[0-9])[\w.~+/=-]{8,}
        |(?<=://)[^\s/?\#:@"']*:[^\s/?\#@"']+(?=@)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();

    [GeneratedRegex("""(?<=(?i:\bbasic)\s+)[A-Za-z0-9+/]+={0,2}""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Basic();
}
