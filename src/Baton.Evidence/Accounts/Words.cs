using Baton.Evidence.Findings;

namespace Baton.Evidence.Accounts;

/// <summary>What the columns of a review say.</summary>
public static class Words
{
    public const string NotProvided = "not provided";

    public static string Of(AccountStatus status) => status switch
    {
        AccountStatus.Enabled => "enabled",
        AccountStatus.Disabled => "disabled",
        AccountStatus.Deleted => "deleted",
        AccountStatus.Pending => "pending",
        AccountStatus.Revoked => "revoked",
        _ => "unknown",
    };

    public static string Of(AccountKind kind) => kind switch
    {
        AccountKind.Human => "human",
        AccountKind.Service => "service",
        AccountKind.System => "system",
        AccountKind.Group => "group",
        _ => "unknown",
    };

    public static string Of(LastSeenQuality quality) => quality switch
    {
        LastSeenQuality.Observed => "observed",
        LastSeenQuality.Never => "never",
        _ => "unknown",
    };

    public static string Of(SignInKind signIn) => signIn switch
    {
        SignInKind.Local => "local",
        SignInKind.Managed => "managed",
        _ => "unknown",
    };

    public static string YesNo(bool value) => value ? "yes" : "no";

    public static string YesNoUnknown(bool? value) => value is { } known ? YesNo(known) : "unknown";

    public static string Date(DateTimeOffset? time) => time is { } known ? $"{known.UtcDateTime:yyyy-MM-dd}" : "";

    public static string Time(DateTimeOffset? time) => time is { } known ? $"{known.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "";

    public static string Flags(FindingSet flags) => string.Join(", ", flags.Codes().Select(code => FindingCatalog.Of(code).Name));
}
