namespace Baton.Sdk.Sync;

/// <summary>What an action of a sync does. The names are those of the state token, which upstream engines read too.</summary>
internal enum SyncOperation
{
    Init,
    ListResourceTypes,
    ListResources,
    ListStaticEntitlements,
    ListEntitlements,
    ListGrants,
    ListExternalResources,
    GrantExpansion,
    TargetedResource,
}

internal static class SyncOperations
{
    private static readonly Dictionary<SyncOperation, string> Names = new()
    {
        [SyncOperation.Init] = "init",
        [SyncOperation.ListResourceTypes] = "list-resource-types",
        [SyncOperation.ListResources] = "list-resources",
        [SyncOperation.ListStaticEntitlements] = "list-static-entitlements",
        [SyncOperation.ListEntitlements] = "list-entitlements",
        [SyncOperation.ListGrants] = "list-grants",
        [SyncOperation.ListExternalResources] = "list-external-resources",
        [SyncOperation.GrantExpansion] = "grant-expansion",
        [SyncOperation.TargetedResource] = "targeted-resource-sync",
    };

    public static string Name(this SyncOperation operation) => Names[operation];

    public static SyncOperation? Parse(string name)
    {
        foreach (var (operation, itsName) in Names)
        {
            if (itsName == name)
            {
                return operation;
            }
        }

        return null;
    }
}
