using System.Text;

namespace Podium.Inventory;

/// <summary>Texts as they are searched and sorted: NFKC, lower case. Ours, since databases differ in what they fold.</summary>
internal static class SearchableText
{
    public static string Of(string text) => System.Text.Ascii.IsValid(text) ? text.ToLowerInvariant() : text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

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
}
