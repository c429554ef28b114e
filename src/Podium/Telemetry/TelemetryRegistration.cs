using System.Reflection;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Podium.Data;

namespace Podium.Telemetry;

internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryExportOptions? export)
    {
        services.AddSingleton<MetricStore>();
        services.AddSingleton<IInterceptor>(new DatabaseErrors(() => ServerTelemetry.DatabaseErrors.Add(1)));
        services.AddSingleton<StateTelemetry>();
        services.AddHostedService(provider => provider.GetRequiredService<StateTelemetry>());
        if (export is not null)
        {
            var version = typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            services.AddHostedService(_ => new OtlpExport(export, version));
        }

        return services;
    }

    /// <summary>On the port of health.</summary>
    public static void MapMetrics(this WebApplication application)
    {
        // From the start on: what is measured before the first question counts too.
        var store = application.Services.GetRequiredService<MetricStore>();
        application.MapGet("/metrics", () => Results.Text(store.Text(), "text/plain; version=0.0.4"));
    }
}
