using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Baton.Sdk.Logging;

/// <summary>
/// Replaces secrets in text, as they are and as they are written in URLs, in JSON, and in base64. In base64 a secret has three
/// forms, by its place in the encoded bytes, and its neighbours spill into its first and last characters: the characters that
/// are the secret's own are looked for, and the whole run around them goes, e.g. <c>user:password</c> of a Basic header.
/// </summary>
internal sealed class Redactor
{
    public const string Replacement = "REDACTED";

    private const int ShortestSecret = 4;

    private readonly SearchValues<string>? _anyForm;
    private readonly (string Text, bool IsBase64)[] _forms;

    public Redactor(IEnumerable<string> secrets)
    {
        _forms = [.. secrets.Where(secret => secret.Length >= ShortestSecret)
            .SelectMany(secret => PlainForms(secret).Select(form => (form, false)).Concat(Base64Forms(secret).Select(form => (form, true))))
            .Distinct()
            .OrderByDescending(form => form.Item1.Length)];
        _anyForm = _forms.Length == 0 ? null : SearchValues.Create([.. _forms.Select(form => form.Text)], StringComparison.Ordinal);
    }

    public string Redact(string text)
    {
        if (_anyForm is null)
        {
            return text;
        }

        var next = text.AsSpan().IndexOfAny(_anyForm);
        if (next < 0)
        {
            return text;
        }

        var redacted = new StringBuilder(text.Length);
        var done = 0;
        while (next >= 0)
        {
            var (start, end) = Extent(text, done, done + next);
            redacted.Append(text, done, start - done).Append(Replacement);
            done = end;
            next = text.AsSpan(done).IndexOfAny(_anyForm);
        }

        return redacted.Append(text, done, text.Length - done).ToString();
    }

    private (int Start, int End) Extent(string text, int floor, int start)
    {
        var (form, isBase64) = Array.Find(_forms, form => text.AsSpan(start).StartsWith(form.Text, StringComparison.Ordinal));
        var end = start + form.Length;
        if (isBase64)
        {
            while (start > floor && IsBase64(text[start - 1]))
            {
                start--;
            }

            while (end < text.Length && (IsBase64(text[end]) || text[end] == '='))
            {
                end++;
            }
        }

        return (start, end);
    }

    private static bool IsBase64(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '-' or '_';

    private static IEnumerable<string> PlainForms(string secret)
    {
        var escaped = Uri.EscapeDataString(secret);
        var form = WebUtility.UrlEncode(secret);
        yield return secret;
        yield return escaped;
        yield return LowerEscapes(escaped);
        yield return form;
        yield return LowerEscapes(form);
        yield return JavaScriptEncoder.Default.Encode(secret);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
    }

    /// <summary>Escapes are written in either case: <c>%2F</c>, <c>%2f</c>.</summary>
    private static string LowerEscapes(string text)
    {
        var parts = text.Split('%');
        return string.Join('%', parts.Take(1).Concat(parts.Skip(1).Select(part => part[..2].ToLowerInvariant() + part[2..])));
    }

    private static IEnumerable<string> Base64Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * 8) + 5) / 6;
            var form = text[first..((before + bytes.Length) * 8 / 6)];
            yield return form;
            yield return form.Replace('+', '-').Replace('/', '_');
        }
    }
}
