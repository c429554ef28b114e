using Baton.Grafana.Permissions;

namespace Baton.Grafana.Tests.Permissions;

public sealed class PermissionTableTests
{
    [Theory]
    [InlineData("org", "org.users:read org.users:write org.users:remove")]
    [InlineData("user", "org.users:read org.users:add org.users:remove")]
    [InlineData("team", "teams:read teams.permissions:read teams.permissions:write teams.roles:read")]
    [InlineData("service_account", "serviceaccounts:read")]
    [InlineData("invitation", "org.users:add")]
    [InlineData("service_account_token", "serviceaccounts:read serviceaccounts:write")]
    public void NamesFor_TypesOfUpstream_AreUpstreams(string type, string expected)
        => Assert.Equal(expected, string.Join(' ', PermissionTable.NamesFor(type)));

    [Fact]
    public void Rows_NameEachActionOnce()
        => Assert.Equal(PermissionTable.Rows.Count, PermissionTable.Rows.Select(row => row.Action).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void ListingsOf_Accounts_AreThoseThatASyncInsistsOn()
    {
        var token = Assert.Single(PermissionTable.ListingsOf("user", CredentialKinds.Token));
        var server = Assert.Single(PermissionTable.ListingsOf("user", CredentialKinds.Server));

        Assert.Equal(("org.users:read", true), (token.Action, token.Required));
        Assert.Equal(("users:read", false), (server.Action, server.Required));
    }

    [Fact]
    public void ListingsOf_Invitations_NeedTheRightToInvite()
    {
        var needed = Assert.Single(PermissionTable.ListingsOf("invitation", CredentialKinds.Token));

        Assert.Equal(("org.users:add", "users:*", true), (needed.Action, needed.WholeScope, needed.Required));
        Assert.DoesNotContain(PermissionTable.ListingsOf("user", CredentialKinds.Token), listing => listing.Action == needed.Action);
    }

    [Fact]
    public async Task Documentation_ListsTheTable()
    {
        var page = await File.ReadAllLinesAsync(Repository.PathOf("docs", "doctor.md"), TestContext.Current.CancellationToken);
        var documented = page.SkipWhile(line => line != "## Permissions").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.Equal(PermissionTable.Rows.Select(Line), documented, StringComparer.Ordinal);

        static string Line(PermissionRow row)
        {
            var scope = row.Kinds.Count == 0 ? "" : $"`{row.Kinds[0]}:*` ";
            var credential = row.Of switch
            {
                CredentialKinds.Token => "token",
                CredentialKinds.Server => "server administrator",
                _ => "either",
            };
            return $"| `{row.Action}` | {scope}| {credential} | {row.Feature} |";
        }
    }
}
