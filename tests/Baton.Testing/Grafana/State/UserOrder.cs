namespace Baton.Testing.Grafana.State;

/// <summary>The orders in which accounts are listed: by id in 6.5, by login and address later, or as the caller asks.</summary>
internal static class UserOrder
{
    public static bool IsKnown(string sort) => sort.Split(',').All(part => TryParse(part, out _));

    public static Comparison<UserRow> For(string? sort, GrafanaVersion version)
    {
        if (sort is null)
        {
            return version.IsAtLeast(7) ? ByLogin : static (left, right) => left.Id.CompareTo(right.Id);
        }

        var parts = sort.Split(',').Select(part => TryParse(part, out var order) ? order : ByLogin).ToArray();
        return (left, right) => parts.Select(part => part(left, right)).FirstOrDefault(result => result != 0);
    }

    private static int ByLogin(UserRow left, UserRow right)
        => string.CompareOrdinal(left.Login, right.Login) is not 0 and var byLogin
            ? byLogin
            : string.CompareOrdinal(left.Email, right.Email);

    private static bool TryParse(string part, out Comparison<UserRow> order)
    {
        Comparison<UserRow>? ascending = part.Split('-')[0] switch
        {
            "login" => static (left, right) => string.CompareOrdinal(left.Login, right.Login),
            "email" => static (left, right) => string.CompareOrdinal(left.Email, right.Email),
            "name" => static (left, right) => string.CompareOrdinal(left.Name, right.Name),
            "lastSeenAtAge" => static (left, right) => right.LastSeen.CompareTo(left.LastSeen),
            _ => null,
        };
        var isDescending = part.EndsWith("-desc", StringComparison.Ordinal);
        order = isDescending && ascending is not null ? (left, right) => ascending(right, left) : ascending ?? ByLogin;
        return ascending is not null && (isDescending || part.EndsWith("-asc", StringComparison.Ordinal));
    }
}
