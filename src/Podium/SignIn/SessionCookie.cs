namespace Podium.SignIn;

/// <summary>The cookie of a session. <c>__Host-</c> makes browsers refuse one that another host, or plain http, tries to set.</summary>
internal static class SessionCookie
{
    public const string Name = "__Host-podium";

    public static SecretToken? Read(HttpContext context) => SecretToken.From(context.Request.Cookies[Name]);

    public static void Write(HttpContext context, SecretToken token) => context.Response.Cookies.Append(Name, token.Text, Options());

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options());

    // Without an end it goes with the browser; how long it counts is written in the row.
    private static CookieOptions Options() => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
