using Baton.Evidence.Access;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Tests.Access;

public sealed class HowObtainedTests
{
    [Theory]
    [InlineData("", "direct", "direct", Way.Direct)]
    [InlineData("own", "direct", "direct", Way.Direct)]
    [InlineData("own b a", "direct and via A, B", "direct, via A, B", Way.Both)]
    [InlineData("b a", "via A, B", "via A, B", Way.Inherited)]
    public void Of_Sources_AreTheOtherEntitlements(string sources, string text, string shortText, Way way)
    {
        var grant = new Grant { Entitlement = new() { Id = "own" }, Sources = new() };
        foreach (var source in sources.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            grant.Sources.Sources[source] = new();
        }

        var how = HowObtained.Of(grant, id => id.ToUpperInvariant());

        Assert.Equal((text, shortText, way), (how.Text, how.Short, how.Way));
    }
}
