using System.Globalization;
using Podium.Tests.Inventory;

namespace Podium.Browser.Tests;

/// <summary>What the company's Grafana holds.</summary>
internal static class CompanyFiles
{
    /// <summary>The names of who would like to be somebody else on the page.</summary>
    public const string Turned = "\u202Emoc.elpmaxe@ecila";

    private const int Many = 70;

    public static UploadBuilder Grafana()
    {
        var seen = UploadBuilder.Grafana(organizations: 3, users: 12);
        for (var user = 13; user <= Many; user++)
        {
            var id = user.ToString(CultureInfo.InvariantCulture);
            seen.AddUser(id, $"user.number.{id}", lastSeen: new DateTimeOffset(2026, 11, 1 + (user % 28), 8, 0, 0, TimeSpan.Zero), isEnabled: user % 9 != 0);
            seen.AddGrant(user % 5 == 0 ? "org:2:Editor" : "org:3:Viewer", "user", id);
        }

        seen.AddUser("1001", Turned);
        seen.AddUser("1002", "<script>alert(1)</script>");
        seen.AddUser("1003", new string('w', 200));
        seen.AddUser("1004", "tab\tnew\nline\u0007bell");
        foreach (var id in new[] { "1001", "1002", "1003", "1004" })
        {
            seen.AddGrant("org:1:Editor", "user", id);
        }

        return seen;
    }

    /// <summary>The same with most of it gone: what a lost permission looks like.</summary>
    public static UploadBuilder Shrunk()
    {
        var seen = Grafana();
        seen.RemoveGrants(grant => grant.Entitlement.Id.StartsWith("org:1", StringComparison.Ordinal) || grant.Entitlement.Id.StartsWith("org:3", StringComparison.Ordinal));
        return seen;
    }
}
