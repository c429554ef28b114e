namespace Podium.SignIn;

/// <summary>
/// What a password must be: long, and nothing that is on the page already. No rules of capitals and digits, which make passwords worse and are
/// hated for it.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 12;

    // Hashing has a price; nobody types more.
    public const int Longest = 256;

    /// <returns>What is wrong, for the field; null when nothing is.</returns>
    public static string? FindProblem(string password, string displayName, string email)
    {
        if (password.Length < Shortest)
        {
            return $"A password has at least {Shortest} characters; this one has {password.Length}.";
        }

        if (password.Length > Longest)
        {
            return $"A password has at most {Longest} characters.";
        }

        if (password.Distinct().Count() < 4)
        {
            return "This password repeats the same few characters.";
        }

        return Same(password, email) || Same(password, displayName) ? "The password is the name or the e-mail address." : null;
    }

    private static bool Same(string password, string text) => password.Trim().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase);
}
