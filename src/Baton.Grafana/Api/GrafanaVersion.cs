namespace Baton.Grafana.Api;

/// <summary>A server's version as far as behaviour depends on it.</summary>
internal readonly record struct GrafanaVersion(int Major, int Minor) : IComparable<GrafanaVersion>
{
    /// <summary><c>/api/orgs</c> is paged.</summary>
    public static readonly GrafanaVersion PagedOrganizations = new(7, 2);

    /// <summary>Members can be searched by page.</summary>
    public static readonly GrafanaVersion MemberSearch = new(8, 0);

    /// <summary>The member search tells the truth about disabled accounts.</summary>
    public static readonly GrafanaVersion CompleteMemberSearch = new(9, 5);

    /// <summary>Members can be without a role.</summary>
    public static readonly GrafanaVersion RoleNone = new(10, 2);

    /// <summary>Reads <c>12.1.0-90105.patch2</c> and the like; null when there is no major and minor number in front.</summary>
    public static GrafanaVersion? Parse(string? text)
    {
        var parts = (text ?? "").Split('.', 3);
        return parts.Length >= 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor) ? new(major, minor) : null;
    }

    public static bool operator <(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GrafanaVersion left, GrafanaVersion right) => left.CompareTo(right) >= 0;

    public int CompareTo(GrafanaVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => $"{Major}.{Minor}";
}
