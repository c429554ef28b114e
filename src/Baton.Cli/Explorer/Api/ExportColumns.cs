using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Explorer.Api;

/// <summary>The columns of exports, named as in a review's sheet.</summary>
internal static class ExportColumns
{
    private const double Narrow = 14;

    public static IReadOnlyList<Column<AccountDocument>> Account { get; } =
    [
        new("account_name", row => row.Name),
        new("login", row => row.Login),
        new("email", row => row.Email),
        new("account_id", row => $"{row.Type}:{row.Id}"),
        new("account_type", row => row.Kind),
        new("account_status", row => row.Status),
        new("last_seen", row => LastSeen(row)) { Width = Narrow },
        new("days_since_seen", row => row.Days) { Width = Narrow },
        new("created", row => Day(row.Created)) { Width = Narrow },
        new("grants", row => row.Grants) { Width = Narrow },
        new("highest_role", row => row.HighestRole?.Name ?? ""),
        new("flags", row => string.Join(", ", row.Flags)),
    ];

    public static IReadOnlyList<Column<ListedResource>> Resource { get; } =
    [
        new("resource", row => row.Name),
        new("resource_id", row => $"{row.Type}:{row.Id}"),
        new("resource_type", row => row.TypeName),
        new("parent", row => row.Parent?.Name ?? ""),
        new("roles", row => row.Roles) { Width = Narrow },
        new("people", row => row.People) { Width = Narrow },
        new("administrators", row => row.Administrators) { Width = Narrow },
    ];

    public static IReadOnlyList<Column<AccessDocument>> Access { get; } =
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

    public static IReadOnlyList<Column<PersonDocument>> Person { get; } =
    [
        .. Account.Where(column => column.Name is not ("grants" or "highest_role")).Select(column => column.Of<PersonDocument>(row => row.Account)),
        new("role", row => row.Role.Name),
        new("privileged", row => YesNo(row.Role.Privileged)),
        new("how", row => How(row.How, row.Via)),
        new("revocable", row => YesNo(row.Revocable)),
        new("grant_id", row => row.GrantId),
    ];

    public static IReadOnlyList<Column<ChangeDocument>> Change { get; } =
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

    private static Cell LastSeen(AccountDocument row)
        => row.LastSeen is { } time ? Day(time) : row.Seen == DocumentMaker.Word(LastSeenQuality.Never) ? "never" : "not provided";

    private static string How(string how, IReadOnlyList<string> via)
        => via.Count == 0 ? how : $"{(how == DocumentMaker.Word(Way.Both) ? "direct and via " : "via ")}{string.Join(", ", via)}";

    private static DateTimeOffset? Day(DateTime? time) => time is { } known ? new(known, TimeSpan.Zero) : null;

    private static string YesNo(bool value) => value ? "yes" : "no";
}
