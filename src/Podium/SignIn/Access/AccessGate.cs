using Podium.Api;

namespace Podium.SignIn.Access;

/// <summary>Holds every endpoint to <see cref="AccessTable"/>, before anything of it runs.</summary>
internal static class AccessGate
{
    public static void UseAccessGate(this WebApplication application) => application.Use((context, next) =>
    {
        // No endpoint: there is nothing to be let into, and the end of the pipeline says so.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return context.GetEndpoint() is null ? next(context) : RefuseAsync(context);
        }

        var rule = AccessTable.Find(context.Request.Method, Route(endpoint));
        return rule?.Admits(context.Caller()) == true ? next(context) : RefuseAsync(context);
    });

    /// <summary>The pattern as the table writes it, whatever the endpoint's author put in front.</summary>
    public static string Route(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    private static Task RefuseAsync(HttpContext context)
    {
        var isSignedIn = context.Caller() is not null;
        if (ApiRequests.IsApi(context.Request))
        {
            return isSignedIn
                ? ApiErrors.WriteAsync(context, ApiCode.PermissionDenied, "This is not yours to do: ask a Super Administrator for the role that may.")
                : ApiErrors.WriteAsync(context, ApiCode.Unauthenticated, "A bearer token is needed: get one at /auth/v1/token.");
        }

        if (isSignedIn || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = isSignedIn ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        context.Response.Redirect($"/sign-in?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        return Task.CompletedTask;
    }
}
