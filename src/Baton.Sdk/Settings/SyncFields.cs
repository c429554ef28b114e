using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>What a sync covers, and how hard it works.</summary>
internal static class SyncFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new IntegerField("workers")
        {
            Description = "How many requests are under way at once; 0 or -1 for eight",
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("parallel-sync")
        {
            Description = "Deprecated: the same as --workers=-1",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringsField("sync-resource-types")
        {
            Description = "The ids of the resource types to sync; all if not given",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringsField("sync-resources")
        {
            Description = "The ids of the resources to sync, for a partial sync",
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("skip-entitlements-and-grants")
        {
            Description = "Sync resources only",
            Export = FieldExport.None,
            Persistent = true,
        },
        new BooleanField("skip-grants")
        {
            Description = "In a partial sync, leave out grants",
            Hidden = true,
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("external-resource-c1z")
        {
            Description = "A c1z file of another connector, to match principals with",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringField("external-resource-entitlement-id-filter")
        {
            Description = "Match only principals that have this entitlement in the other file",
            Export = FieldExport.None,
            Persistent = true,
        },
        new StringsField("external-resource-traits")
        {
            Description = "The traits of principals to match; users and groups if not given",
            Export = FieldExport.None,
            Persistent = true,
        },
    ];
}
