using Podium.SignIn;

namespace Podium.Look;

internal static class ThemeEndpoint
{
    public static async Task<IResult> Choose(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var theme = form["theme"].ToString();
        context.Response.Cookies.Append(
            Reader.ThemeCookie,
            theme is "light" or "dark" ? theme : "system",
            new() { Secure = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", IsEssential = true });
        return Page.SeeOther(ReturnUrl.Safe(form["return"].ToString()));
    }
}
