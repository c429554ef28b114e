namespace Podium.Look;

internal static class LookRegistration
{
    public static IServiceCollection AddLook(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddScoped<Reader>();
        services.AddScoped(typeof(Given<>));
        services.AddScoped<Fragment>();
        return services;
    }

    /// <summary>Style sheets and scripts, and the theme.</summary>
    public static void MapLook(this WebApplication application)
    {
        application.MapAssets();
        application.MapForm("/theme", ThemeEndpoint.Choose);
    }
}
