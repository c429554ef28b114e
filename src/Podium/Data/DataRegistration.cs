using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podium.Data;

internal static class DataRegistration
{
    public static IServiceCollection AddData(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new WriterGate(options.Kind));
        if (options.Kind == DatabaseKind.Sqlite)
        {
            services.AddPooledDbContextFactory<SqlitePodiumContext>(Configure);
            services.AddSingleton<Func<PodiumContext>>(provider => provider.GetRequiredService<IDbContextFactory<SqlitePodiumContext>>().CreateDbContext);
        }
        else
        {
            services.AddPooledDbContextFactory<PostgreSqlPodiumContext>(Configure);
            services.AddSingleton<Func<PodiumContext>>(provider => provider.GetRequiredService<IDbContextFactory<PostgreSqlPodiumContext>>().CreateDbContext);
        }

        services.AddSingleton<Database>();
        services.AddSingleton<Migrator>();
        return services;

        void Configure(IServiceProvider provider, DbContextOptionsBuilder builder)
        {
            options.Configure(builder);
            builder.AddInterceptors(provider.GetServices<IInterceptor>());
        }
    }
}
