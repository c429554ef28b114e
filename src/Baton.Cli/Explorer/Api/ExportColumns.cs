using Baton.Cli.Evidence;

namespace Baton.Cli.Explorer.Api;

/// <summary>The columns of exports, named as in a review's sheet.</summary>
internal static class ExportColumns
{
    public static IReadOnlyList<ExportColumn<AccountDocument>> Account { get; } =
    [
        new("account_name", row => row.Name),
        new("login", row => row.Login),
        new("email", row => row.Email),
        new("account_id", row => $"{row.Type}:{row.Id}"),
        new("account_type", row => row.Kind),
        new("account_status", row => row.Status),
        new("last_seen", LastSeen, ExportKind.Day),
        new("days_since_seen", row => $"{row.Days}", ExportKind.Number),
        new("created", row => row.Created is { } created ? Date(created) : "", ExportKind.Day),
        new("grants", row => $"{row.Grants}", ExportKind.Number),
        new("highest_role", row => row.HighestRole?.Name ?? ""),
        new("flags", row => string.Join(", ", row.Flags)),
    ];

    public static IReadOnlyList<ExportColumn<ResourceRow>> Resource { get; } =
    [
        new("resource", row => row.Name),
        new("resource_id", row => $"{row.Type}:{row.Id}"),
        new("resource_type", row => row.TypeName),
        new("parent", row => row.Parent?.Name ?? ""),
        new("roles", row => $"{row.Roles}", ExportKind.Number),
        new("people", row => $"{row.People}", ExportKind.Number),
        new("administrators", row => $"{row.Administrators}", ExportKind.Number),
    ];

    public static IReadOnlyList<ExportColumn<AccessDocument>> Access { get; } =
    [
        new("resource", row => row.Resource.Name),
        new("resource_id", row => $"{row.Resource.Type}:{row.Resource.Id}"),
        new("resource_type", row => row.Resource.TypeName),
        new("role", row => row.Role.Name),
        new("privileged", row => YesNo(row.Role.Privileged)),
        new("how", row => How(row.How, row.Via)),
        new("revocable", row => YesNo(row.Revocable)),
        new("grant_id", row => row.GrantId),
    ];

    public static IReadOnlyList<ExportColumn<PersonDocument>> Person { get; } =
    [
        .. Account.Where(column => column.Header is not ("grants" or "highest_role"))
            .Select(column => new ExportColumn<PersonDocument>(column.Header, row => column.Value(row.Account), column.Kind)),
        new("role", row => row.Role.Name),
        new("privileged", row => YesNo(row.Role.Privileged)),
        new("how", row => How(row.How, row.Via)),
        new("revocable", row => YesNo(row.Revocable)),
        new("grant_id", row => row.GrantId),
    ];

    public static IReadOnlyList<ExportColumn<ChangeDocument>> Change { get; } =
    [
        new("change", row => row.Label),
        new("account_name", row => row.Account.Name),
        new("email", row => row.Account.Email),
        new("account_id", row => $"{row.Account.Type}:{row.Account.Id}"),
        new("resource", row => row.Resource?.Name ?? ""),
        new("resource_id", row => row.Resource is { } resource ? $"{resource.Type}:{resource.Id}" : ""),
        new("before", row => row.Before),
        new("after", row => row.After),
        new("privilege_up", row => YesNo(row.PrivilegeUp)),
    ];

    private static string LastSeen(AccountDocument row)
        => row.LastSeen is { } time ? Date(time) : row.Seen == DocumentMaker.Word(LastSeenQuality.Never) ? "never" : "not provided";

    private static string How(string how, IReadOnlyList<string> via)
        => via.Count == 0 ? how : $"{(how == DocumentMaker.Word(Way.Both) ? "direct and via " : "via ")}{string.Join(", ", via)}";

    private static string Date(DateTime time) => $"{time:yyyy-MM-dd}";

    private static string YesNo(bool value) => value ? "yes" : "no";
}
