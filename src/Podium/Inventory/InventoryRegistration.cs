using Podium.Inventory.Applying;
using Podium.Inventory.Lists;

namespace Podium.Inventory;

internal static class InventoryRegistration
{
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddSingleton<SyncApply>();
        services.AddSingleton<HeldSyncs>();
        services.AddSingleton<TypeSelection>();
        services.AddSingleton<InventoryCounts>();
        services.AddSingleton<AccountList>();
        services.AddSingleton<EntitlementList>();
        services.AddSingleton<ResourceList>();
        services.AddSingleton<ResourceTypeList>();
        services.AddSingleton<GrantList>();
        services.AddSingleton<ChangeList>();
        return services;
    }
}
