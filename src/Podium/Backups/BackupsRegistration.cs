using Podium.Data;

namespace Podium.Backups;

internal static class BackupsRegistration
{
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupRecipients>();
        services.AddSingleton<MakeBackup>();
        services.AddSingleton<OwnBackups>();
        services.AddSingleton<IMigrationGuard>(provider => provider.GetRequiredService<OwnBackups>());
        services.AddHostedService<NightlyBackups>();
        return services;
    }
}
