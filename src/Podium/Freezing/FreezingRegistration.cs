namespace Podium.Freezing;

internal static class FreezingRegistration
{
    public static IServiceCollection AddFreezing(this IServiceCollection services)
    {
        services.AddSingleton<Freeze>();
        services.AddSingleton<Voiding>();
        services.AddSingleton<Resume>();
        services.AddSingleton<RotationList>();
        return services;
    }
}
