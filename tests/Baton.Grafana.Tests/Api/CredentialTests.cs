using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Tests.Api;

/// <summary>Credentials that are replaced while the connector runs.</summary>
public sealed class CredentialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Header_SameSecret_IsTheSameObject()
    {
        var (password, credential) = ("first", default(Credential));
        credential = Credential.Basic("admin", () => password);
        var header = credential.Header;
        Assert.Same(header, credential.Header);

        password = "second";

        Assert.NotSame(header, credential.Header);
        Assert.Equal("Basic YWRtaW46c2Vjb25k", credential.Header.ToString());
    }

    [Fact]
    public void Header_TokenReplacedByNonsense_IsRefusedWithoutShowingIt()
    {
        var token = "glsa_1\n";
        var credential = Credential.Bearer(() => token);
        Assert.Equal("glsa_1", credential.Header.Parameter);

        token = "planted nonsense";

        var refusal = Assert.Throws<ConnectorException>(() => credential.Header);
        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.DoesNotContain("planted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_PasswordReplaced_UseTheNewOne()
    {
        await using var grafana = await TestConnector.StartAsync();
        var password = TestConnector.Password;
        await using var connector = await TestConnector.ConnectAsync(grafana, change: options => options with { CurrentSecret = () => password });

        grafana.SetPassword("admin", "another-password");
        password = "another-password";
        grafana.Requests.Clear();

        Assert.Single(await connector.ListUsersAsync());
        Assert.All(grafana.Requests.All, request => Assert.Equal(200, request.Status));
    }

    [Fact]
    public async Task Requests_PasswordReplacedWhileAsking_AreSentOnceMore()
    {
        await using var grafana = await TestConnector.StartAsync();
        var password = TestConnector.Password;
        await using var connector = TestConnector.Create(grafana, change: options => options with { CurrentSecret = () => password });
        grafana.Faults.On("GET", "^/api/user$").Once().Run(_ =>
        {
            // Between the client's reading of the file and the server's reading of the request.
            grafana.SetPassword("admin", "another-password");
            password = "another-password";
        });

        await connector.ValidateAsync();

        Assert.Equal(["401", "200"], grafana.Requests.All.Take(2).Select(request => $"{request.Status}"));
    }

    [Fact]
    public async Task Requests_PasswordWrongAndTheSame_AreNotRepeated()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = TestConnector.Create(grafana, change: options => options with { CurrentSecret = () => "wrong" });

        Assert.Equal(StatusCode.Unauthenticated, (await connector.RefusedAsync()).Code);

        Assert.Single(grafana.Requests.All);
    }
}
