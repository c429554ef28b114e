using Podium.Data;
using Podium.Hosting;
using Podium.Telemetry;

namespace Podium.AccessLog;

internal static class AccessLogRegistration
{
    // A connector that waits asks again all day; that it is there stands on its page.
    private static readonly string[] Polls = ["/GetTask", "/GetTasks", "/Heartbeat"];

    public static IServiceCollection AddAccessLog(this IServiceCollection services)
    {
        services.AddSingleton<AccessLogWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessLogWriter>());
        return services;
    }

    public static void UseAccessLog(this WebApplication application)
    {
        var writer = application.Services.GetRequiredService<AccessLogWriter>();
        var clock = application.Services.GetRequiredService<TimeProvider>();
        application.Use(async (context, next) =>
        {
            var (at, started) = (clock.Now(), TimeProvider.System.GetTimestamp());
            try
            {
                await next(context);
            }
            finally
            {
                if (IsTold(context))
                {
                    writer.Add(AccessLine.Of(context, at, TimeProvider.System.GetElapsedTime(started)));
                }
            }
        });
    }

    private static bool IsTold(HttpContext context)
    {
        var route = ServedRequestTelemetry.RouteOf(context);
        return context.Listener() != Listener.Health
            && !route.StartsWith("/assets/", StringComparison.Ordinal)
            && !(context.Response.StatusCode == StatusCodes.Status200OK && Polls.Any(poll => route.EndsWith(poll, StringComparison.Ordinal)));
    }
}
