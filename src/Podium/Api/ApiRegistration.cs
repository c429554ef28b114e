namespace Podium.Api;

internal static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.AddSingleton<ApiKeyCallers>();
        return services;
    }

    /// <summary>The end of the API: what it does not have is said in its own way, so that a client's error makes sense.</summary>
    public static void MapApiEnd(this WebApplication application) => application.MapFallback("/api/{**path}", (HttpContext context) => ApiErrors.WriteAsync(
        context,
        ApiCode.Unimplemented,
        $"This server has no {context.Request.Method} {context.Request.Path}."));
}
