namespace Baton.Testing.Grafana.Api;

/// <summary>What makes a password acceptable.</summary>
internal static class Passwords
{
    /// <summary>Whether it is; when not, the call has been answered.</summary>
    /// <param name="call">The call that sets a password.</param>
    /// <param name="password">The password.</param>
    /// <param name="tooShort">What the route says about one that is too short, where no policy is in force.</param>
    public static bool TryAccept(ApiCall call, string password, string tooShort)
    {
        if (!call.Options.PasswordPolicy || !call.Version.IsAtLeast(11))
        {
            if (password.Length < 4)
            {
                call.Fail(400, tooShort);
            }

            return password.Length >= 4;
        }

        if (password.Length < 12)
        {
            call.FailWithId(400, "password.password-policy-too-short", "New password is too short");
            return false;
        }

        if (password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit) && !password.All(char.IsLetterOrDigit))
        {
            return true;
        }

        call.FailWithId(400, "password.password-policy-infringe", "New password doesn't comply with the password policy");
        return false;
    }
}
