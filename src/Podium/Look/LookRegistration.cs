namespace Podium.Look;

internal static class LookRegistration
{
    public static IServiceCollection AddLook(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddScoped<Reader>();
        services.AddScoped(typeof(Given<>));
        return services;
    }

    /// <summary>Style sheets and scripts, the theme, and the pages that say what went wrong.</summary>
    public static void MapLook(this WebApplication application)
    {
        application.MapAssets();
        application.MapPost("/theme", ThemeEndpoint.Choose).WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
        application.MapErrorPages();
    }
}
