using System.Text.RegularExpressions;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Access;

/// <summary>
/// Which roles are privileged, and which of two roles is more. Judged by names, which is all that a file has. The one rule, of each grant by
/// itself: what else its account holds makes no other grant of it privileged.
/// </summary>
public sealed partial class PrivilegeRule
{
    private static readonly (string Word, int Rank)[] Words =
    [
        ("root", 60), ("superuser", 60), ("superadmin", 60), ("owner", 55), ("admin", 50), ("administrator", 50),
        ("maintainer", 40), ("manager", 40), ("editor", 30), ("writer", 30), ("write", 30), ("contributor", 30),
        ("edit", 30), ("member", 20), ("viewer", 10), ("view", 10), ("reader", 10), ("read", 10), ("guest", 5), ("none", 0),
    ];

    private const int PrivilegedFrom = 50;
    private const int UnknownRank = 15;

    private readonly HashSet<string>? _configured;

    /// <param name="configured">
    /// The roles that are privileged, by slug, display name or entitlement id; <c>slug=</c> may stand in front. Null for the usual ones:
    /// those with a word such as admin or owner in their name.
    /// </param>
    public PrivilegeRule(IReadOnlyCollection<string>? configured = null)
        => _configured = configured is null
            ? null
            : configured.Select(name => name.StartsWith("slug=", StringComparison.Ordinal) ? name["slug=".Length..] : name)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static PrivilegeRule Usual { get; } = new();

    /// <summary>Of what is granted: by its slug or name, and by its id where the name does not say it all.</summary>
    public bool IsPrivileged(Entitlement entitlement)
    {
        var name = Facts.Role(entitlement);
        return IsPrivileged(name, entitlement.DisplayName == name ? "" : entitlement.Id);
    }

    public bool IsPrivileged(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_configured?.Contains(name) ?? RankOf(name) >= PrivilegedFrom)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rank of the strongest word in the name; one between viewers and members when it has none that is known.</summary>
    public static int RankOf(string name) => FindRank(name) ?? UnknownRank;

    /// <summary>Null when no word of the name is known.</summary>
    public static int? FindRank(string name)
    {
        var rank = -1;
        foreach (var match in Word().EnumerateMatches(name))
        {
            var word = name.AsSpan(match.Index, match.Length);
            foreach (var (known, value) in Words)
            {
                rank = word.Equals(known, StringComparison.OrdinalIgnoreCase) ? Math.Max(rank, value) : rank;
            }
        }

        return rank < 0 ? null : rank;
    }

    // Words of "fixed:users:admin", "GrafanaAdmin" and "ORG_OWNER" alike.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
