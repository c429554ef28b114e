namespace Podium.SignIn;

/// <summary>Where to go after signing in: a path of this server, whatever the address bar says.</summary>
internal static class ReturnUrl
{
    public static string Safe(string? url)
        // "//host" and "/\host" are other servers to a browser, and so is what it makes of control characters.
        => url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
