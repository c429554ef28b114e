namespace Podium.Tokens;

internal static class TokenRegistration
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddSingleton(new TokenClock(TimeProvider.System));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ClientCredentials>();
        services.AddSingleton<ITokenGrant, ClientCredentialsGrant>();
        return services;
    }
}
