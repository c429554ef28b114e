using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>One-shot grant and revocation.</summary>
internal static class GrantFields
{
    public static FieldRelationship Target { get; } = FieldRelationship.Together("grant-entitlement", "grant-principal");

    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        OneShot.Text("grant-entitlement", "The id of the entitlement to grant"),
        OneShot.Text("grant-principal", "The id of the resource to grant it to"),
        OneShot.Text("grant-principal-type", "The resource type of the one it is granted to"),
        OneShot.Text("revoke-grant", "The id of the grant to revoke"),
    ];
}
