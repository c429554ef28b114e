using System.Text.RegularExpressions;
using Baton.Documentation.Tests.Pages;
using Baton.Grafana.Permissions;

namespace Baton.Documentation.Tests.Names;

/// <summary>The page's table of permissions is the one that the connector goes by, as far as tokens need it.</summary>
public sealed partial class PermissionTests
{
    [Fact]
    public void Page_Permissions_AreThoseOfTheConnector()
    {
        var page = DocumentPage.All.Single(page => page.Path == "docs/grafana-credentials.md").Text;
        var needed = PermissionTable.Rows.Where(row => row.Of.HasFlag(CredentialKinds.Token)).Select(row => $"{row.Action} {row.Kinds[0]}:*");

        Assert.Equal(needed, Row().Matches(page).Select(match => $"{match.Groups["action"].Value} {match.Groups["scope"].Value}"));
    }

    [GeneratedRegex(@"^\| `(?<action>[a-z.]+:[a-z]+)` \| `(?<scope>[a-z:*]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
