using Baton.Grafana.ServiceAccounts;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Tests.ServiceAccounts;

public sealed class TokenHandleTests
{
    [Fact]
    public void Parse_Handle_GivesItBack()
        => Assert.Equal("7.41", TokenHandle.Parse(Ids.Resource("service_account_token", "7.41")).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7.")]
    [InlineData(".41")]
    [InlineData("7.41.1")]
    [InlineData("0.41")]
    [InlineData("7.0")]
    [InlineData("-7.41")]
    [InlineData("7.+41")]
    [InlineData("7. 41")]
    [InlineData("7:41")]
    [InlineData("7.99999999999999999999")]
    [InlineData("../7.41")]
    public void Parse_AnythingElse_IsRefused(string text)
    {
        var refusal = Assert.Throws<ConnectorException>(() => TokenHandle.Parse(Ids.Resource("service_account_token", text)));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
    }
}
