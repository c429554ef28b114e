using Podium.Data;
using Podium.Hosting.Keys;

namespace Podium.Backups;

internal static class BackupsRegistration
{
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupRecipients>();
        services.AddSingleton<MakeBackup>();
        // Asked for when it is needed: most starts have nothing to migrate, and a key that is no good is another message.
        services.AddSingleton<Func<WrappingKey>>(provider => provider.GetRequiredService<WrappingKey>);
        services.AddSingleton<OwnBackups>();
        services.AddSingleton<IMigrationGuard>(provider => provider.GetRequiredService<OwnBackups>());
        services.AddHostedService<NightlyBackups>();
        return services;
    }
}
