using Baton.Sdk.Connectors;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class HostIdentityTests
{
    [Theory]
    [InlineData(null, "pod-1.cluster", "pod-1.cluster")]
    [InlineData("given", "pod-1", "given")]
    [InlineData("", "pod-1", "baton-sdk")]
    [InlineData(null, "", "baton-sdk")]
    public void Of_VariableAndName_FollowsTheRule(string? variable, string machineName, string expected)
        => Assert.Equal(expected, HostIdentity.Of(name => name == "BATON_HOST_ID" ? variable : null, machineName));

    [Fact]
    public void Of_TheMachine_IsNotEmpty() => Assert.NotEmpty(HostIdentity.Of(_ => null));

    [Fact]
    public void Of_256Characters_IsTheLongest()
    {
        Assert.Equal(512, HostIdentity.Of(_ => string.Concat(Enumerable.Repeat("😀", 256)), "").Length);
        Assert.Throws<ConnectorException>(() => HostIdentity.Of(_ => new string('x', 257), ""));
    }
}
