namespace Podium.Wire;

internal static class WireRegistration
{
    public static IServiceCollection AddConnectorService(this IServiceCollection services)
    {
        services.AddGrpc(grpc => grpc.IgnoreUnknownServices = true);
        services.AddSingleton<HeldCalls>();
        services.AddSingleton<ConnectorService>();
        return services;
    }

    public static void MapConnectorService(this IEndpointRouteBuilder routes) => routes.MapGrpcService<ConnectorService>();
}
