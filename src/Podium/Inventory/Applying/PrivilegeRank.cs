using System.Text.RegularExpressions;

namespace Podium.Inventory.Applying;

/// <summary>Which roles are privileged, and which of two is more. Judged by names, which is all that a file has.</summary>
internal static partial class PrivilegeRank
{
    private const int PrivilegedFrom = 50;
    private const int Unknown = 15;

    private static readonly Dictionary<string, int> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["root"] = 60, ["superuser"] = 60, ["superadmin"] = 60, ["owner"] = 55, ["admin"] = 50, ["administrator"] = 50, ["maintainer"] = 40,
        ["manager"] = 40, ["editor"] = 30, ["writer"] = 30, ["write"] = 30, ["contributor"] = 30, ["member"] = 20, ["viewer"] = 10,
        ["reader"] = 10, ["read"] = 10, ["guest"] = 5, ["none"] = 0,
    };

    /// <summary>The rank of the strongest word in the name.</summary>
    public static int Of(string name)
    {
        var rank = -1;
        foreach (Match match in Word().Matches(name))
        {
            rank = Words.TryGetValue(match.Value, out var value) ? Math.Max(rank, value) : rank;
        }

        return rank < 0 ? Unknown : rank;
    }

    public static bool IsPrivileged(string name) => Of(name) >= PrivilegedFrom;

    // Words of "fixed:users:admin", "GrafanaAdmin" and "ORG_OWNER" alike.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
