using Podium.Apps;
using Podium.Audit;
using Podium.Connectors.Pages;
using Podium.Home;
using Podium.Look;
using Podium.People;
using Podium.Search;
using Podium.SignIn;

namespace Podium.Hosting;

/// <summary>All pages, as opposed to what programs call. Each feature has its own; who may see which is in the access table.</summary>
internal static class Pages
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddLook();
        services.AddConnectorPages();
        services.AddAppPages();
        services.AddAuditPages();
    }

    public static void MapPages(this WebApplication application)
    {
        application.MapLook();
        application.MapHomePages();
        application.MapSignInPages();
        application.MapSessionPages();
        application.MapApiKeyPages();
        application.MapSearchPages();
        application.MapConnectorPages();
        application.MapAppPages();
        application.MapPeoplePages();
        application.MapAuditPages();
    }
}
