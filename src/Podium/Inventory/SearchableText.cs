using System.Text;

namespace Podium.Inventory;

/// <summary>Texts as they are searched, sorted and compared: NFKC, lower case. Ours, since databases differ in what they fold.</summary>
internal static class SearchableText
{
    // Its normal form is "fi". Where .NET runs without ICU, every text is said to be normal already, and is given back as it is.
    private const string Ligature = "\uFB01";

    /// <summary>
    /// Whether this process can normalise at all. One that cannot would keep what it finds in another form than the others did: people could not
    /// sign in by the address that they have.
    /// </summary>
    public static bool IsAvailable => Ligature.Normalize(NormalizationForm.FormKC) == "fi";

    public static string Of(string text) => System.Text.Ascii.IsValid(text) ? text.ToLowerInvariant() : Whole(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Several, with a space between those that are not empty and not the same as one before.</summary>
    public static string Of(params ReadOnlySpan<string> texts)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i].Length > 0 && !texts[..i].Contains(texts[i]))
            {
                joined.Append(joined.Length > 0 ? " " : "").Append(texts[i]);
            }
        }

        return Of(joined.ToString());
    }

    // Half of a character that takes two has no normal form, and ICU refuses the whole text.
    private static string Whole(string text)
    {
        if (!text.Any(char.IsSurrogate))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }
}
