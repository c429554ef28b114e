using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>
/// Which one-shot operations exclude each other. Two overlapping lists, with different flags for the same operation, are upstream's;
/// error texts quote them.
/// </summary>
internal static class ExclusiveOperations
{
    public static IReadOnlyList<FieldRelationship> Relationships { get; } =
    [
        FieldRelationship.Exclusive(
            "grant-entitlement",
            "revoke-grant",
            "create-account-login",
            "delete-resource",
            "rotate-credentials",
            "event-feed",
            "create-ticket",
            "get-ticket",
            "list-ticket-schemas",
            "bulk-create-ticket"),
        FieldRelationship.Exclusive(
            "grant-entitlement",
            "revoke-grant",
            "create-account-email",
            "delete-resource-type",
            "rotate-credentials-type",
            "event-feed",
            "diff-syncs",
            "compact-syncs",
            "list-ticket-schemas"),
    ];
}
