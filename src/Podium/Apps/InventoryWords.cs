using Baton.Evidence.Accounts;
using Podium.Inventory;
using Podium.Look;

namespace Podium.Apps;

/// <summary>Facts of the inventory in words.</summary>
internal static class InventoryWords
{
    public static string Of(AccountStatus status) => status switch
    {
        AccountStatus.Enabled => "enabled",
        AccountStatus.Disabled => "disabled",
        AccountStatus.Deleted => "deleted",
        _ => "not told",
    };

    public static Tone ToneOf(AccountStatus status) => status switch
    {
        AccountStatus.Enabled => Tone.Good,
        AccountStatus.Unknown => Tone.Off,
        _ => Tone.High,
    };

    public static string Of(AccountKind kind) => kind switch
    {
        AccountKind.Human => "person",
        AccountKind.Service => "service account",
        AccountKind.System => "system",
        AccountKind.Group => "group",
        _ => "not told",
    };

    public static string Of(LastSeenQuality quality) => quality switch
    {
        LastSeenQuality.Observed => "observed",
        LastSeenQuality.Never => "never",
        _ => "unknown",
    };

    public static string Of(SignInKind signIn) => signIn switch
    {
        SignInKind.Local => "with a password there",
        SignInKind.Managed => "through an identity provider",
        _ => "not told",
    };

    public static string Of(InventoryCauseKind cause) => cause switch
    {
        InventoryCauseKind.Sync => "seen by a sync",
        InventoryCauseKind.Task => "by a task of Podium",
        _ => cause.ToString(),
    };

    public static string ShapeOf(AccountKind kind) => kind switch
    {
        AccountKind.Service or AccountKind.System => "machine",
        AccountKind.Group => "app",
        _ => "",
    };
}
