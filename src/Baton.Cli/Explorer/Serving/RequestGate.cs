using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Serving;

/// <summary>
/// Lets in only who was given the address: the token must be in it, and the request must not come from a page of another site. Every
/// answer, also a refusal, forbids the browser to keep it, to frame it, or to run anything that is not ours.
/// </summary>
internal sealed class RequestGate(RunToken token, RequestDelegate next)
{
    // Trusted types without any policy: no text can become markup or script, whatever the page's own code does with it.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public async Task HandleAsync(HttpContext context)
    {
        Protect(context.Response.Headers);
        var request = context.Request;

        // A name of a stranger's that was made to resolve to this machine (DNS rebinding) shows in the Host header.
        if (!NamesThisMachine(request.Host, context.Connection.LocalPort))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This server answers to 127.0.0.1 and localhost only.");
            return;
        }

        var path = request.Path.Value ?? "";
        var end = path.IndexOf('/', 1);
        if (path.Length < 2 || !token.Matches(path.AsSpan(1..(end < 0 ? path.Length : end))))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Open the whole address that \"baton explorer\" printed; it changes with every start.");
            return;
        }

        if (ComesFromAnotherSite(request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Requests from other sites are refused.");
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Everything here is to be read only.");
            return;
        }

        if (end < 0)
        {
            // The page's own addresses are relative to the folder that the token is.
            context.Response.Redirect($"{path}/");
            return;
        }

        request.PathBase = path[..end];
        request.Path = path[end..];
        await next(context);
    }

    private static bool NamesThisMachine(HostString host, int port)
        => host.Port == port && host.Host is "127.0.0.1" or "localhost" or "[::1]";

    // A link to the page may be followed from anywhere: whoever has it has the token. Anything else is fetched by the page itself. Not
    // every program says where a request comes from (Sec-Fetch-Site); who says whose page it is (Origin) must name this one.
    private static bool ComesFromAnotherSite(HttpRequest request)
        => (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && request.Headers["Sec-Fetch-Mode"] != "navigate")
            || (request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}");

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n", context.RequestAborted);
    }
}
