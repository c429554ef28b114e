namespace Podium.People;

internal static class PeopleRegistration
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<PeopleList>();
        services.AddSingleton<PersonStatusChanges>();
        return services;
    }
}
