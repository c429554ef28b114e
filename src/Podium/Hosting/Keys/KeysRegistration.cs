using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Podium.Data;

namespace Podium.Hosting.Keys;

internal static class KeysRegistration
{
    /// <summary>Data Protection: everything secret in the database, and the tokens of forms.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(_ => WrappingKey.Open(options.DataDirectory, options.KeyFile));
        services.AddSingleton<ServerKeys>();
        // By name: the default is the folder of the executable, and replicas in two folders could not read each other.
        services.AddDataProtection().SetApplicationName("podium");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(management =>
        {
            management.XmlRepository = new DatabaseKeyRing(provider.GetRequiredService<Database>());
            management.XmlEncryptor = new WrappedXmlEncryptor(provider.GetRequiredService<WrappingKey>());
        }));
        return services;
    }
}
