using Podium.Api;
using Podium.Look;
using Podium.SignIn;
using Podium.SignIn.Access;

namespace Podium.Freezing;

/// <summary>While the server is frozen, nothing is changed but what leads out of it: signing in, syncs, decisions about them, and taking credentials away.</summary>
internal static class FreezeGate
{
    public const string Told = "This server was restored from a backup and is frozen: nothing is changed until a Super Administrator resumes it, on the page Settings, Restored (/settings/restored).";

    private static readonly string[] Allowed =
    [
        "/sign-in", "/sign-out", "/set-up/{token}", "/theme", "/profile/sessions", "/settings/api-keys/revoke", ResumeEndpoints.Page, ResumeEndpoints.Api,
        "/auth/v1/token",
        "/connectors/{id}/sync", "/connectors/{id}/pause", "/connectors/{id}/held/confirm", "/connectors/{id}/held/discard", "/connectors/{id}/deploy", "/connectors/{id}/deploy/revoke",
        "/api/v1/apps/{app_id}/connectors/{id}/force_sync",
    ];

    public static void UseFreezeGate(this WebApplication application)
    {
        var freeze = application.Services.GetRequiredService<Freeze>();
        application.Use(async (context, next) =>
        {
            // Programs are told when they want to change something, or ask.
            var isForPeople = !ApiRequests.CarriesNoCookies(context.Request) && context.GetEndpoint() is not null;
            if ((!isForPeople && !IsStopped(context)) || !await freeze.IsOnAsync(context.RequestAborted))
            {
                await next(context);
            }
            else if (!IsStopped(context))
            {
                context.Features.Set(new ServerNotice("This server was restored from a backup and is frozen: nothing is changed until a Super Administrator resumes it.", context.Caller()?.MayViewAll == true ? ResumeEndpoints.Page : null));
                await next(context);
            }
            else if (ApiRequests.IsApi(context.Request))
            {
                await ApiErrors.WriteAsync(context, ApiCode.FailedPrecondition, Told);
            }
            else
            {
                throw new Refusal(Told);
            }
        });
    }

    // A search by POST reads; the connectors' service has its own rules.
    private static bool IsStopped(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) || context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return false;
        }

        var route = AccessGate.Route(endpoint);
        return !Allowed.Contains(route, StringComparer.Ordinal)
            && !route.StartsWith("/api/v1/search/", StringComparison.Ordinal)
            && context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true
            && (HttpMethods.IsDelete(context.Request.Method) ? route != "/api/v1/iam/personal_clients/{id}" : true);
    }
}
