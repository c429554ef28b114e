using System.Globalization;

namespace Baton.Grafana.Api;

/// <summary>A server's version as far as behaviour depends on it.</summary>
internal readonly record struct GrafanaVersion(int Major, int Minor) : IComparable<GrafanaVersion>
{
    /// <summary><c>/api/orgs</c> is paged.</summary>
    public static readonly GrafanaVersion PagedOrganizations = new(7, 2);

    /// <summary>Invitations end after a while.</summary>
    public static readonly GrafanaVersion InvitesExpire = new(7, 3);

    /// <summary>Enterprise has roles of access control.</summary>
    public static readonly GrafanaVersion AccessControl = new(8, 0);

    /// <summary>Members can be searched by page.</summary>
    public static readonly GrafanaVersion MemberSearch = new(8, 0);

    /// <summary>Service accounts can be switched on.</summary>
    public static readonly GrafanaVersion ServiceAccountsOptional = new(8, 5);

    /// <summary>There are service accounts, unless somebody took them away.</summary>
    public static readonly GrafanaVersion ServiceAccounts = new(9, 1);

    /// <summary>A search for teams counts those of its own organization, and of these no others than it lists.</summary>
    public static readonly GrafanaVersion CountedTeams = new(9, 0);

    /// <summary>The member search tells the truth about disabled accounts.</summary>
    public static readonly GrafanaVersion CompleteMemberSearch = new(9, 5);

    /// <summary>Members can be without a role.</summary>
    public static readonly GrafanaVersion RoleNone = new(10, 2);

    /// <summary>Reads <c>12.1.0-90105.patch2</c> and the like; null when there is no major and minor number in front.</summary>
    public static GrafanaVersion? Parse(string? text)
        => (text ?? "").Split(['.', '-', '+'], 3) is [var first, var second, ..] && Number(first) is { } major && Number(second) is { } minor
            ? new(major, minor)
            : null;

    public static bool operator <(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) >= 0;

    public int CompareTo(GrafanaVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => $"{Major}.{Minor}";

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
