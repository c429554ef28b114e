using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Baton.Configuration.Secrets;

/// <summary>
/// Replaces secrets in text: those it was told of, and what has the form of one. A process has one, and everything that leaves the
/// process goes through it: logs, the last line, results, answers to probes, what the platform and a collector are told. Thread-safe.
/// It looks for secrets as they are and as they are written in URLs, in JSON, and in base64. In base64 a secret has three
/// forms, by its place in the encoded bytes, and its neighbours spill into its first and last characters: the characters that
/// are the secret's own are looked for, and the whole run around them goes, e.g. <c>user:password</c> of a Basic header.
/// </summary>
public sealed class Redactor
{
    public const string Replacement = "REDACTED";

    private const int ShortestSecret = 4;

    private readonly Lock _gate = new();
    private volatile Forms _forms;

    /// <param name="secrets">The first; others are added as they become known.</param>
    public Redactor(params IReadOnlyList<string> secrets) => _forms = Forms.Of(secrets);

    /// <summary>Those it was told of, in the order in which it was.</summary>
    public IReadOnlyList<string> Secrets => _forms.Secrets;

    /// <summary>Nothing is ever taken back: what a secret was yesterday is still worth hiding.</summary>
    public void Add(string secret)
    {
        lock (_gate)
        {
            if (secret.Length > 0 && !_forms.Secrets.Contains(secret, StringComparer.Ordinal))
            {
                _forms = Forms.Of([.. _forms.Secrets, secret]);
            }
        }
    }

    public string Redact(string text) => SecretShapes.Redact(WithoutKnown(text));

    private string WithoutKnown(string text)
    {
        var forms = _forms;
        if (forms.Any is null)
        {
            return text;
        }

        var next = text.AsSpan().IndexOfAny(forms.Any);
        if (next < 0)
        {
            return text;
        }

        var redacted = new StringBuilder(text.Length);
        var done = 0;
        while (next >= 0)
        {
            var (start, end) = Extent(forms, text, done, done + next);
            redacted.Append(text, done, start - done).Append(Replacement);
            done = end;
            next = text.AsSpan(done).IndexOfAny(forms.Any);
        }

        return redacted.Append(text, done, text.Length - done).ToString();
    }

    private static (int Start, int End) Extent(Forms forms, string text, int floor, int start)
    {
        var (form, isBase64) = Array.Find(forms.All, form => text.AsSpan(start).StartsWith(form.Text, StringComparison.Ordinal));
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

    /// <summary>Everything that is looked for.</summary>
    /// <param name="Secrets">What it is made of.</param>
    /// <param name="All">The longest first.</param>
    /// <param name="Any">Finds the first of them; null when there are none.</param>
    private sealed record Forms(IReadOnlyList<string> Secrets, (string Text, bool IsBase64)[] All, SearchValues<string>? Any)
    {
        public static Forms Of(IReadOnlyList<string> secrets)
        {
            (string Text, bool IsBase64)[] all =
            [
                .. secrets.Where(secret => secret.Length >= ShortestSecret)
                    .SelectMany(secret => PlainForms(secret).Select(form => (form, false)).Concat(Base64Forms(secret).Select(form => (form, true))))
                    .Distinct()
                    .OrderByDescending(form => form.Item1.Length),
            ];
            return new(secrets, all, all.Length == 0 ? null : SearchValues.Create([.. all.Select(form => form.Text)], StringComparison.Ordinal));
        }
    }
}
