using Baton.Evidence.Access;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Tests.Access;

public sealed class PrivilegeRuleTests
{
    [Theory]
    [InlineData("server-admin", true)]
    [InlineData("Grafana Admin", true)]
    [InlineData("server admin", true)]
    [InlineData("GrafanaAdmin", true)]
    [InlineData("fixed:users:admin", true)]
    [InlineData("ORG_OWNER", true)]
    [InlineData("root", true)]
    [InlineData("Admin", true)]
    [InlineData("Viewer", false)]
    [InlineData("Editor", false)]
    [InlineData("member", false)]
    [InlineData("badminton", false)]
    [InlineData("", false)]
    public void IsPrivileged_ByTheWordsOfTheName(string slug, bool expected)
        => Assert.Equal(expected, PrivilegeRule.Usual.IsPrivileged(new Entitlement { Id = "x:1:y", Slug = slug, DisplayName = slug }));

    [Theory]
    [InlineData("Viewer", "Editor")]
    [InlineData("View", "Edit")]
    [InlineData("None", "Viewer")]
    [InlineData("Editor", "Admin")]
    [InlineData("member", "server-admin")]
    public void FindRank_OfTheGreater_IsMore(string less, string more) => Assert.True(PrivilegeRule.FindRank(less) < PrivilegeRule.FindRank(more));

    [Fact]
    public void FindRank_NoKnownWord_IsNull() => Assert.Null(PrivilegeRule.FindRank("on-call"));
}
