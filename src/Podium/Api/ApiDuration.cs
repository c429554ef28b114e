using System.Globalization;

namespace Podium.Api;

/// <summary>Lengths of time as this API family writes them: seconds, such as <c>7200s</c>.</summary>
internal static class ApiDuration
{
    private const double Longest = 315_360_000;

    /// <param name="text">As it was sent.</param>
    /// <param name="field">The member that holds it.</param>
    /// <exception cref="Refusal">It is none, or longer than ten years.</exception>
    public static TimeSpan Parse(string text, string field)
        => text.EndsWith('s') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= Longest
            ? TimeSpan.FromSeconds(seconds)
            : throw new Refusal($"{field} is no duration: write seconds, such as \"3600s\", at most ten years.", field);

    public static string Text(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.######}s");
}
