namespace Podium.SignIn;

internal static class SignInRegistration
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInTries>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<FreshSignIn>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<SetUp>();
        services.AddSingleton<RoleChanges>();
        services.AddSingleton<ApiKeys>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-podium-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            // Not Strict: who comes by a link from a mail would get another cookie, and the forms in other tabs would end.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }
}
