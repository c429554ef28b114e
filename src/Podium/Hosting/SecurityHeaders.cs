using Podium.Api;

namespace Podium.Hosting;

/// <summary>What every answer says to the browser about itself.</summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing inline and nothing from elsewhere: a name that somebody chose in Grafana cannot become a script.</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication application) => application.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        var isForPrograms = ApiRequests.CarriesNoCookies(context.Request);
        headers.ContentSecurityPolicy = isForPrograms ? DataPolicy : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        // What somebody may see must not be in a cache when the session is over. Assets say otherwise themselves.
        headers.CacheControl = "no-store";
        return next(context);
    });
}
