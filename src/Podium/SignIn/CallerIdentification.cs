using System.Security.Claims;
using Podium.Api;

namespace Podium.SignIn;

/// <summary>Finds out who calls: by cookie on pages, by bearer token on the API, and never the other way round.</summary>
internal static class CallerIdentification
{
    public static void UseCallerIdentification(this WebApplication application) => application.Use(async (context, next) =>
    {
        if (await FindAsync(context) is { } caller)
        {
            context.Features.Set(caller);
            // For the antiforgery token, which is made for one person.
            context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.PublicId.ToString()), new(ClaimTypes.Name, caller.DisplayName)], "podium"));
        }

        await next(context);
    });

    private static async Task<Caller?> FindAsync(HttpContext context)
    {
        if (ApiRequests.IsApi(context.Request))
        {
            return await context.RequestServices.GetRequiredService<ApiKeyCallers>().FindAsync(context, context.RequestAborted);
        }

        if (ApiRequests.CarriesNoCookies(context.Request) || SessionCookie.Read(context) is not { } token)
        {
            return null;
        }

        return await context.RequestServices.GetRequiredService<Sessions>().FindAsync(token, Visitor.Of(context).Address, context.RequestAborted);
    }
}
