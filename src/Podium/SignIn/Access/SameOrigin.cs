using Podium.Api;

namespace Podium.SignIn.Access;

/// <summary>
/// Refuses what another site makes a browser send. The cookie is Lax and forms carry a token; this is the third lock, which also holds for a form
/// whose author forgot the token.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOrigin(this WebApplication application) => application.Use((context, next) =>
    {
        if (ApiRequests.CarriesNoCookies(context.Request) || IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            // A link may come from anywhere; a stream of events has no business on another page.
            return site is "" or "same-origin" || !request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : site == "same-origin";
    }
}
