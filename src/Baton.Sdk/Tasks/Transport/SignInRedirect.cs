namespace Baton.Sdk.Tasks.Transport;

/// <summary>
/// Where a proxy for people sends us to sign in, who are none: an answer that points elsewhere, or one that came from elsewhere after it was
/// followed. Told without what such addresses carry behind their path, which may be tokens.
/// </summary>
internal static class SignInRedirect
{
    private const int LongestName = 60;

    /// <summary>Null when the answer leads nowhere else.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="asked">What was asked.</param>
    public static string? Explain(HttpResponseMessage response, Uri asked)
    {
        var login = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location ? new Uri(asked, location)
            : response.RequestMessage?.RequestUri is { } answered && answered != asked ? answered
            : null;
        return login is null ? null
            : $"a proxy{Name(response)} in front of {asked.Authority} wants a sign-in at {Shown(login)}; have it let the connector through to {asked.Host} without one";
    }

    private static string Shown(Uri login)
        => login.IsAbsoluteUri && login.Scheme is "http" or "https" ? login.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "another place";

    private static string Name(HttpResponseMessage response)
    {
        var name = response.Headers.Server.ToString();
        return name.Length is > 0 and <= LongestName && name.All(character => character is >= ' ' and < '\x7f') ? $" ({name})" : "";
    }
}
