using System.Text;
using Baton.Sdk.Connectors;
using Baton.Credentials.Tests;

namespace Baton.Sdk.Tests.Connectors;

public sealed class CredentialRequestTests
{
    private const string Section = "generate_password";

    public static TheoryData<string> Names() => Vectors.Names(Section);

    [Theory]
    [MemberData(nameof(Names))]
    public void CreatePassword_OfTheVectors_GivesThePasswordOrTheError(string name)
    {
        var expected = Vectors.Entry(Section, name);
        using var request = Request(name);
        if (expected.ErrorText("error") is { } message)
        {
            Assert.Equal(message, Assert.Throws<ConnectorException>(request.CreatePassword).Message);
            return;
        }

        using var password = request.CreatePassword();

        Assert.Equal("password", password.Name);
        if (request is CredentialRequest.RandomPassword random)
        {
            Assert.Equal(random.Length, password.Bytes.Length);
        }
        else
        {
            Assert.Equal(expected.Text("result"), Encoding.UTF8.GetString(password.Bytes));
        }
    }

    [Fact]
    public void Dispose_GivenPassword_ZeroesItButNotTheCopy()
    {
        var request = Request("plaintext");
        using var password = request.CreatePassword();

        request.Dispose();

        Assert.Equal("pw"u8, password.Bytes);
        Assert.Throws<ObjectDisposedException>(request.CreatePassword);
    }

    private static CredentialRequest Request(string name) => name switch
    {
        "nil" or "empty" => new CredentialRequest.None(),
        "random" => new CredentialRequest.RandomPassword(12),
        "plaintext" => new CredentialRequest.GivenPassword(new("chosen", "pw"u8)),
        "plaintext empty" => new CredentialRequest.GivenPassword(new("chosen", [])),
        "no password" => new CredentialRequest.NoPassword(),
        "sso" => new CredentialRequest.SingleSignOn("okta"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "a new vector"),
    };
}
