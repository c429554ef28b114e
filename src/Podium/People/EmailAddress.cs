using System.Diagnostics.CodeAnalysis;
using Podium.Inventory;

namespace Podium.People;

/// <summary>
/// An address as it is kept and as it is compared. The rules are few on purpose: names such as <c>o'neil@</c> or <c>jürgen@</c> are real, and
/// whether mail arrives is found out by sending one.
/// </summary>
internal readonly record struct EmailAddress
{
    public const int MaximumLength = 254;

    private EmailAddress(string text, string normalized) => (Text, Normalized) = (text, normalized);

    public string Text { get; }

    /// <summary>As <see cref="SearchableText"/>.</summary>
    public string Normalized { get; }

    /// <param name="text">What somebody typed.</param>
    /// <param name="address">The address; null when it is none.</param>
    /// <param name="problem">What is wrong with it, for the field; null when nothing is.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? problem)
    {
        var trimmed = text?.Trim() ?? "";
        address = null;
        problem = trimmed switch
        {
            "" => "An e-mail address is needed.",
            { Length: > MaximumLength } => $"An e-mail address has at most {MaximumLength} characters.",
            _ when trimmed.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)) => "An e-mail address has no spaces.",
            _ when trimmed.IndexOf('@', StringComparison.Ordinal) is var at && (at < 1 || at == trimmed.Length - 1) => "An e-mail address has a name, an @ and a domain: ada@example.com.",
            _ => null,
        };
        if (problem is null)
        {
            address = new EmailAddress(trimmed, Normalize(trimmed));
        }

        return problem is null;
    }

    /// <summary>What is compared, of any text that is searched for.</summary>
    public static string Normalize(string text) => SearchableText.Of(text.Trim());

    public override string ToString() => Text;
}
