using Podium.Inventory.Applying;

namespace Podium.Inventory;

internal static class InventoryRegistration
{
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddSingleton<SyncApply>();
        services.AddSingleton<HeldSyncs>();
        return services;
    }
}
